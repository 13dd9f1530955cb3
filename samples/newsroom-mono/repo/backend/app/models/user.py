from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.mixins import CreatedAt

if TYPE_CHECKING:
    from app.models.comment import Comment
    from app.models.post import Post


class User(CreatedAt, Base):
    """A person who writes posts and comments."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(50), unique=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)

    posts: Mapped[list[Post]] = relationship(back_populates="author", cascade="all, delete-orphan", passive_deletes=True)
    comments: Mapped[list[Comment]] = relationship(back_populates="author", cascade="all, delete-orphan", passive_deletes=True)

    def __repr__(self) -> str:
        return f"User(id={self.id}, username={self.username!r})"
