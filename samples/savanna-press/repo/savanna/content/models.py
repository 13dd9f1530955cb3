from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, String, Table, Text, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from savanna.accounts.models import Profile
from savanna.db import Entity

article_tags = Table(
    "article_tags",
    Entity.metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Comment(Entity):
    """A comment under an article."""

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    profile_id: Mapped[int] = mapped_column(ForeignKey("profiles.id", ondelete="CASCADE"), index=True)
    message: Mapped[str] = mapped_column(Text)
    posted_at: Mapped[datetime] = mapped_column(server_default=func.now())

    article: Mapped[Article] = relationship(back_populates="comments")
    author: Mapped[Profile] = relationship(back_populates="comments")


class Article(Entity):
    """An article; `comment_count` is computed by the database in the same SELECT."""

    __tablename__ = "articles"

    id: Mapped[int] = mapped_column(primary_key=True)
    profile_id: Mapped[int] = mapped_column(ForeignKey("profiles.id", ondelete="CASCADE"), index=True)
    headline: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column(server_default=func.now(), index=True)
    comment_count: Mapped[int] = column_property(
        select(func.count(Comment.id)).where(Comment.article_id == id).correlate_except(Comment).scalar_subquery()
    )

    author: Mapped[Profile] = relationship(back_populates="articles", lazy="joined", innerjoin=True)
    comments: Mapped[list[Comment]] = relationship(
        back_populates="article", cascade="all, delete-orphan", passive_deletes=True, order_by=Comment.id
    )
    tags: Mapped[list[Tag]] = relationship(secondary=article_tags, back_populates="articles", lazy="selectin")


class Tag(Entity):
    """A tag."""

    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(40), unique=True)

    articles: Mapped[list[Article]] = relationship(secondary=article_tags, back_populates="tags")
