"""Users: authors and readers."""
from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Created

if TYPE_CHECKING:
    from .content import Comment, Post, Reply


class User(Created, Base):
    """Common part of everybody who can log in."""

    __tablename__ = "users"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "user"}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    email: Mapped[str] = mapped_column(String(200), unique=True)

    comments: Mapped[list[Comment]] = relationship(back_populates="user", cascade="all, delete-orphan")
    replies: Mapped[list[Reply]] = relationship(back_populates="user", cascade="all, delete-orphan")


class Author(User):
    __tablename__ = "authors"
    __mapper_args__ = {"polymorphic_identity": "author"}

    id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    pen_name: Mapped[str] = mapped_column(String(80), unique=True)

    posts: Mapped[list[Post]] = relationship(back_populates="author", cascade="all, delete-orphan")
    profile: Mapped[AuthorProfile | None] = relationship(
        back_populates="author", uselist=False, cascade="all, delete-orphan"
    )


class Reader(User):
    __tablename__ = "readers"
    __mapper_args__ = {"polymorphic_identity": "reader"}

    id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    newsletter: Mapped[bool] = mapped_column(default=False)


class AuthorProfile(Base):
    """Public page of an author."""

    __tablename__ = "author_profiles"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id", ondelete="CASCADE"), unique=True)
    bio: Mapped[str] = mapped_column(Text, default="")
    website: Mapped[str | None] = mapped_column(String(200))

    author: Mapped[Author] = relationship(back_populates="profile")
