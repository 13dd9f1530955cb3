"""Mapping of the magazine."""
from __future__ import annotations

import time

from sqlalchemy import Column, ForeignKey, MetaData, String, Table, Text, func, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


def now() -> int:
    """Seconds since 1970."""
    return int(time.time())


class Base(DeclarativeBase):
    __abstract__ = True
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
        }
    )


class Stamped:
    """created_at in Unix seconds."""

    created_at: Mapped[int] = mapped_column(default=now)


post_tags = Table(
    "post_tags",
    Base.metadata,
    Column("post_id", ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_name", ForeignKey("tags.name", ondelete="CASCADE"), primary_key=True, index=True),
)


class Person(Base):
    """Anybody with an account; may comment."""

    __tablename__ = "people"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "reader"}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80))

    comments: Mapped[list[Comment]] = relationship(
        back_populates="person", cascade="all, delete-orphan", passive_deletes=True
    )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.email!r})"


class Writer(Person):
    """A person who also publishes."""

    __tablename__ = "writers"
    __mapper_args__ = {"polymorphic_identity": "writer"}

    id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    bio: Mapped[str | None] = mapped_column(Text)

    posts: Mapped[list[Post]] = relationship(
        back_populates="writer", cascade="all, delete-orphan", passive_deletes=True, order_by="Post.id"
    )


class Post(Stamped, Base):
    """An article."""

    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    writer_id: Mapped[int] = mapped_column(ForeignKey("writers.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    teaser: Mapped[str | None] = mapped_column(String(400))
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(5), default="en")

    writer: Mapped[Writer] = relationship(back_populates="posts")
    comments: Mapped[list[Comment]] = relationship(
        back_populates="post", cascade="all, delete-orphan", passive_deletes=True, order_by="Comment.number"
    )
    tags: Mapped[list[Tag]] = relationship(secondary=post_tags, back_populates="posts")

    @hybrid_property
    def comment_count(self) -> int:
        return len(self.comments)

    @comment_count.inplace.expression
    @classmethod
    def _comment_count_expression(cls):
        return select(func.count()).where(Comment.post_id == cls.id).scalar_subquery()

    def __repr__(self) -> str:
        return f"Post({self.title!r})"


class Comment(Stamped, Base):
    """The number-th comment on a post."""

    __tablename__ = "comments"

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    body: Mapped[str] = mapped_column(Text)

    post: Mapped[Post] = relationship(back_populates="comments")
    person: Mapped[Person] = relationship(back_populates="comments")

    def __repr__(self) -> str:
        return f"Comment({self.post_id}, {self.number})"


class Tag(Base):
    """A keyword."""

    __tablename__ = "tags"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)

    posts: Mapped[list[Post]] = relationship(secondary=post_tags, back_populates="tags")

    def __repr__(self) -> str:
        return f"Tag({self.name!r})"
