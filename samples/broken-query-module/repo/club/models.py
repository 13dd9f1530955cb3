"""Members, blog entries, comments, labels."""
from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, String, Table, Text, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.database import Base

entry_labels = Table(
    "entry_labels",
    Base.metadata,
    Column("entry_id", ForeignKey("blog_entries.id", ondelete="CASCADE"), primary_key=True),
    Column("label_id", ForeignKey("labels.id", ondelete="CASCADE"), primary_key=True),
)


class Member(Base):
    """Somebody who can log in."""

    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(30), unique=True)
    email: Mapped[str] = mapped_column(String(200), unique=True)
    hashed_password: Mapped[str] = mapped_column(String(200))

    entries: Mapped[list["BlogEntry"]] = relationship(back_populates="member")
    comments: Mapped[list["Comment"]] = relationship(back_populates="member")

    def __repr__(self) -> str:
        return f"<Member {self.handle}>"


class BlogEntry(Base):
    """One entry of the club blog."""

    __tablename__ = "blog_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    title: Mapped[str] = mapped_column(String(150))
    text: Mapped[str] = mapped_column(Text)
    posted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    member: Mapped[Member] = relationship(back_populates="entries")
    comments: Mapped[list["Comment"]] = relationship(
        back_populates="entry", cascade="all, delete-orphan", passive_deletes=True
    )
    labels: Mapped[list["Label"]] = relationship(secondary=entry_labels, back_populates="entries")

    def __repr__(self) -> str:
        return f"<BlogEntry {self.id}>"


class Comment(Base):
    """A member's comment."""

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("blog_entries.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    text: Mapped[str] = mapped_column(Text)
    posted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    entry: Mapped[BlogEntry] = relationship(back_populates="comments")
    member: Mapped[Member] = relationship(back_populates="comments")


class Label(Base):
    __tablename__ = "labels"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)

    entries: Mapped[list[BlogEntry]] = relationship(secondary=entry_labels, back_populates="labels")
