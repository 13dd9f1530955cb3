from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import DateTime, String, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from press.bases import Base

if TYPE_CHECKING:
    from press.content import Comment, Post


class Person(Base):
    """Writes posts and comments."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(40), unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    joined_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    posts: Mapped[list[Post]] = relationship(back_populates="author", cascade="all, delete-orphan")
    comments: Mapped[list[Comment]] = relationship(back_populates="author", cascade="all, delete-orphan")
