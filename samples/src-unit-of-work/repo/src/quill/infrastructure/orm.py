"""ORM records. Named *Record so that nobody confuses them with the domain objects."""
from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, MetaData, String, Text, UniqueConstraint, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Record(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: DateTime(timezone=True)}

    id: Mapped[int] = mapped_column(primary_key=True)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


class AuthorRecord(Record):
    """Somebody who writes stories and remarks."""

    __tablename__ = "author"

    handle: Mapped[str] = mapped_column(String(40), unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    display_name: Mapped[str] = mapped_column(String(80))
    active: Mapped[bool] = mapped_column(default=True, server_default="true")
    joined_at: Mapped[datetime] = mapped_column(server_default=func.now())

    stories: Mapped[list[StoryRecord]] = relationship(back_populates="author", passive_deletes="all")
    remarks: Mapped[list[RemarkRecord]] = relationship(back_populates="author", passive_deletes="all")


class StoryRecord(Record):
    """One published (or drafted) text."""

    __tablename__ = "story"
    __table_args__ = (Index("ix_story_author_id_created_at", "author_id", "created_at"),)

    author_id: Mapped[int] = mapped_column(ForeignKey("author.id", ondelete="RESTRICT"))
    headline: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    published_at: Mapped[datetime | None]

    author: Mapped[AuthorRecord] = relationship(back_populates="stories")
    remarks: Mapped[list[RemarkRecord]] = relationship(
        back_populates="story",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="RemarkRecord.id",
    )
    labels: Mapped[list[LabelRecord]] = relationship(
        secondary="story_label", back_populates="stories", order_by="LabelRecord.name"
    )


class RemarkRecord(Record):
    """A reader's remark on a story."""

    __tablename__ = "remark"

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id", ondelete="RESTRICT"), index=True)
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(server_default=func.now())

    story: Mapped[StoryRecord] = relationship(back_populates="remarks")
    author: Mapped[AuthorRecord] = relationship(back_populates="remarks")


class LabelRecord(Record):
    __tablename__ = "label"

    name: Mapped[str] = mapped_column(String(40), unique=True)

    stories: Mapped[list[StoryRecord]] = relationship(secondary="story_label", back_populates="labels")


class StoryLabelRecord(Record):
    """Link row. Has its own id because every Record has one; the pair is unique."""

    __tablename__ = "story_label"
    __table_args__ = (UniqueConstraint("story_id", "label_id"),)

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"))
    label_id: Mapped[int] = mapped_column(ForeignKey("label.id", ondelete="CASCADE"), index=True)
