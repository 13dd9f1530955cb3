"""Tables of the schema `blog`."""
from __future__ import annotations

import enum
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Computed, DateTime, Enum, ForeignKey, Index, MetaData, String, Table, Text, func, text
from sqlalchemy.dialects.postgresql import CITEXT, JSONB, TSVECTOR
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from app.db.ids import uuid7

SCHEMA = "blog"


class Base(DeclarativeBase):
    """Declarative base: schema and constraint names."""

    metadata = MetaData(
        schema=SCHEMA,
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        },
    )
    type_annotation_map = {datetime: DateTime(timezone=True), dict[str, Any]: JSONB}

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7, sort_order=-1)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=90)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


class Visibility(enum.StrEnum):
    public = "public"
    unlisted = "unlisted"


post_tag = Table(
    "post_tag",
    Base.metadata,
    Column("post_id", ForeignKey("blog.post.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("blog.tag.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class User(Base):
    """An account. Never deleted while it owns content, only deactivated."""

    __tablename__ = "user"

    username: Mapped[str] = mapped_column(CITEXT, unique=True)
    email: Mapped[str] = mapped_column(CITEXT, unique=True)
    preferences: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    deactivated_at: Mapped[datetime | None]

    posts: Mapped[list[Post]] = relationship(back_populates="author", passive_deletes="all")
    comments: Mapped[list[Comment]] = relationship(back_populates="author", passive_deletes="all")


class Post(Base):
    """An article with a generated search vector."""

    __tablename__ = "post"

    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(User.id, ondelete="RESTRICT"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    slug: Mapped[str] = mapped_column(String(220), unique=True)
    body: Mapped[str] = mapped_column(Text)
    visibility: Mapped[Visibility] = mapped_column(
        Enum(Visibility, name="visibility"), default=Visibility.public, server_default="public"
    )
    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed("to_tsvector('english', title || ' ' || body)", persisted=True), deferred=True
    )

    __table_args__ = (Index("ix_post_search", "search", postgresql_using="gin"),)

    author: Mapped[User] = relationship(back_populates="posts")
    comments: Mapped[list[Comment]] = relationship(
        back_populates="post", cascade="all, delete-orphan", passive_deletes=True, order_by="Comment.created_at"
    )
    tags: Mapped[list[Tag]] = relationship(secondary=post_tag, back_populates="posts")


class Comment(Base):
    """A comment by a user on a post."""

    __tablename__ = "comment"

    post_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Post.id, ondelete="CASCADE"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(User.id, ondelete="RESTRICT"), index=True)
    body: Mapped[str] = mapped_column(Text)

    post: Mapped[Post] = relationship(back_populates="comments")
    author: Mapped[User] = relationship(back_populates="comments")


class Tag(Base):
    """A topic."""

    __tablename__ = "tag"

    name: Mapped[str] = mapped_column(CITEXT, unique=True)

    posts: Mapped[list[Post]] = relationship(secondary=post_tag, back_populates="tags")
