"""QuillPress domain models."""
from datetime import datetime
from typing import List, Optional

from sqlalchemy import Column, ForeignKey, String, Table, Text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from quill.db import Base

post_tags = Table(
    "post_tags",
    Base.metadata,
    Column("post_id", ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True),
)


class User(Base):
    """Registered author."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[Optional[str]] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(255), index=True)
    created_at: Mapped[datetime] = mapped_column(default=datetime.now)

    posts: Mapped[List["Post"]] = relationship(back_populates="author", cascade="all, delete-orphan", passive_deletes=True)
    comments: Mapped[List["Comment"]] = relationship(
        primaryjoin="User.id == foreign(Comment.author_id)", back_populates="author", cascade="all, delete-orphan"
    )

    def __repr__(self) -> str:
        return f"User({self.username!r})"


class Post(Base):
    """Blog post."""

    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=datetime.now())

    author: Mapped["User"] = relationship(back_populates="posts")
    comments: Mapped[List["Comment"]] = relationship(back_populates="post", cascade="all, delete-orphan", passive_deletes=True)
    tags: Mapped[List["Tag"]] = relationship(secondary=post_tags, back_populates="posts")

    def __repr__(self) -> str:
        return f"Post({self.title!r})"


class Comment(Base):
    """Reader comment, shown once approved."""

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(index=True)
    body: Mapped[str] = mapped_column(Text)
    approved: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=datetime.now)

    post: Mapped["Post"] = relationship(back_populates="comments")
    author: Mapped["User"] = relationship(
        primaryjoin="foreign(Comment.author_id) == User.id", back_populates="comments"
    )

    def __repr__(self) -> str:
        return f"Comment({self.id})"


class Tag(Base):
    """Topic."""

    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50), unique=True)

    posts: Mapped[List["Post"]] = relationship(secondary=post_tags, back_populates="tags")

    def __repr__(self) -> str:
        return f"Tag({self.name!r})"
