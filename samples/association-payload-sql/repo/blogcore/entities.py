from __future__ import annotations

from datetime import datetime
from typing import Optional

from sqlalchemy import BigInteger, DateTime, ForeignKey, Identity, SmallInteger, String, Text, func
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from typing_extensions import Annotated

pk = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True)]
now = Annotated[datetime, mapped_column(DateTime(timezone=True), server_default=func.now())]


class Base(DeclarativeBase):
    def __repr__(self) -> str:
        return f"{type(self).__name__}#{getattr(self, 'id', '?')}"


class User(Base):
    """An author of the blog."""

    __tablename__ = "users"

    id: Mapped[pk]
    username: Mapped[str] = mapped_column(String(50), unique=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    created_at: Mapped[now]

    posts: Mapped[list[Post]] = relationship(
        back_populates="user", cascade="all, delete-orphan", passive_deletes=True
    )


class Post(Base):
    """A post. ``tags`` proxies ``tag_links`` in the editors' order."""

    __tablename__ = "posts"

    id: Mapped[pk]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    slug: Mapped[str] = mapped_column(String(220), unique=True)
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[now]

    user: Mapped[User] = relationship(back_populates="posts")
    comments: Mapped[list[Comment]] = relationship(
        back_populates="post", cascade="all, delete-orphan", passive_deletes=True, order_by="Comment.id"
    )
    tag_links: Mapped[list[PostTag]] = relationship(
        back_populates="post", cascade="all, delete-orphan", passive_deletes=True, order_by="PostTag.position"
    )
    tags: AssociationProxy[list[Tag]] = association_proxy(
        "tag_links", "tag", creator=lambda tag: PostTag(tag=tag, position=0)
    )


class Comment(Base):
    """A guest's comment: name and address, no account (see README)."""

    __tablename__ = "comments"

    id: Mapped[pk]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    guest_name: Mapped[str] = mapped_column(String(80))
    guest_email: Mapped[str] = mapped_column(String(255))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[now]

    post: Mapped[Post] = relationship(back_populates="comments")


class Tag(Base):
    __tablename__ = "tags"

    id: Mapped[pk]
    name: Mapped[str] = mapped_column(String(40), unique=True)

    post_links: Mapped[list[PostTag]] = relationship(back_populates="tag", passive_deletes=True)


class PostTag(Base):
    """Association object between post and tag."""

    __tablename__ = "post_tags"

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    added_by_id: Mapped[Optional[int]] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    added_at: Mapped[now]

    post: Mapped[Post] = relationship(back_populates="tag_links")
    tag: Mapped[Tag] = relationship(back_populates="post_links")
    added_by: Mapped[Optional[User]] = relationship()
