"""Users, posts, comments and tags of a site."""
from __future__ import annotations

import uuid

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.model.base import Base, SiteRow, SoftDelete


class User(SiteRow, SoftDelete, Base):
    """An account on one site."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("site_id", "email"), UniqueConstraint("site_id", "id"))

    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(100))

    posts: Mapped[list[Post]] = relationship(
        back_populates="author", foreign_keys="[Post.site_id, Post.author_id]", passive_deletes="all"
    )
    comments: Mapped[list[Comment]] = relationship(
        back_populates="author",
        foreign_keys="[Comment.site_id, Comment.author_id]",
        passive_deletes="all",
        overlaps="comments,post",
    )


class Post(SiteRow, SoftDelete, Base):
    __tablename__ = "post"
    __table_args__ = (
        ForeignKeyConstraint(["site_id", "author_id"], ["account.site_id", "account.id"], ondelete="RESTRICT"),
        UniqueConstraint("site_id", "id"),
        Index(None, "author_id", "created_at"),
    )

    author_id: Mapped[uuid.UUID]
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)

    author: Mapped[User] = relationship(back_populates="posts", foreign_keys="[Post.site_id, Post.author_id]")
    comments: Mapped[list[Comment]] = relationship(
        back_populates="post",
        foreign_keys="[Comment.site_id, Comment.post_id]",
        order_by="Comment.created_at",
        passive_deletes="all",
        overlaps="author,comments",
    )
    tags: Mapped[list[Tag]] = relationship(secondary="post_tag", back_populates="posts")


class Comment(SiteRow, SoftDelete, Base):
    __tablename__ = "comment"
    __table_args__ = (
        ForeignKeyConstraint(["site_id", "post_id"], ["post.site_id", "post.id"], ondelete="RESTRICT"),
        ForeignKeyConstraint(["site_id", "author_id"], ["account.site_id", "account.id"], ondelete="RESTRICT"),
        Index(None, "post_id", "created_at"),
        Index(None, "author_id"),
    )

    post_id: Mapped[uuid.UUID]
    author_id: Mapped[uuid.UUID]
    body: Mapped[str] = mapped_column(Text)

    post: Mapped[Post] = relationship(
        back_populates="comments", foreign_keys="[Comment.site_id, Comment.post_id]", overlaps="author,comments"
    )
    author: Mapped[User] = relationship(
        back_populates="comments", foreign_keys="[Comment.site_id, Comment.author_id]", overlaps="comments,post"
    )


class Tag(SiteRow, Base):
    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("site_id", "name"),)

    name: Mapped[str] = mapped_column(String(50))

    posts: Mapped[list[Post]] = relationship(secondary="post_tag", back_populates="tags")


class PostTag(Base):
    """Link row."""

    __tablename__ = "post_tag"
    __table_args__ = (
        ForeignKeyConstraint(["post_id"], ["post.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["tag_id"], ["tag.id"], ondelete="CASCADE"),
    )

    post_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    tag_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, index=True)
