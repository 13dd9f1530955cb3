"""Story platform schema."""
from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Index, MetaData, String, Table, Text, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


class HasCreated:
    created_at: Mapped[datetime] = mapped_column(DateTime, server_default=func.now(), index=True)


story_topics = Table(
    "story_topics",
    Base.metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Writer(HasCreated, Base):
    """Somebody who writes stories and responses."""

    __tablename__ = "writers"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(30), unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    bio: Mapped[str | None] = mapped_column(String(500))

    stories: Mapped[list[Story]] = relationship(
        back_populates="writer", cascade="all, delete-orphan", passive_deletes=True
    )
    responses: Mapped[list[Response]] = relationship(
        back_populates="writer", cascade="all, delete-orphan", passive_deletes=True
    )


class Story(HasCreated, Base):
    """A story."""

    __tablename__ = "stories"
    __table_args__ = (
        CheckConstraint("length(title) > 0", name="title_not_empty"),
        Index(None, "writer_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    writer_id: Mapped[int] = mapped_column(ForeignKey("writers.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(180))
    subtitle: Mapped[str | None] = mapped_column(String(180))
    body: Mapped[str] = mapped_column(Text)

    writer: Mapped[Writer] = relationship(back_populates="stories")
    responses: Mapped[list[Response]] = relationship(
        back_populates="story", cascade="all, delete-orphan", passive_deletes=True
    )
    topics: Mapped[list[Topic]] = relationship(secondary=story_topics, back_populates="stories")


class Response(HasCreated, Base):
    """A response to a story."""

    __tablename__ = "responses"

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), index=True)
    writer_id: Mapped[int] = mapped_column(ForeignKey("writers.id", ondelete="CASCADE"), index=True)
    body: Mapped[str] = mapped_column(Text)

    story: Mapped[Story] = relationship(back_populates="responses")
    writer: Mapped[Writer] = relationship(back_populates="responses")


class Topic(Base):
    """A topic."""

    __tablename__ = "topics"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50), unique=True)

    stories: Mapped[list[Story]] = relationship(secondary=story_topics, back_populates="topics")
