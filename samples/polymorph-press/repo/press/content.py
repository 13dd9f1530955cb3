"""Content and its two kinds."""
from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, String, Text, func
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from press.bases import Base

if TYPE_CHECKING:
    from press.labels import Label
    from press.people import Person


class Content(Base):
    """Something a person wrote. Abstract in spirit: every row is a post or a comment."""

    __tablename__ = "contents"
    __table_args__ = (CheckConstraint("kind IN ('post', 'comment')", name="kind"),)
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"), index=True)
    body: Mapped[str] = mapped_column(Text)
    word_count: Mapped[int] = mapped_column(server_default="0")
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    @validates("body")
    def _count(self, _key: str, body: str) -> str:
        self.word_count = len(body.split())
        return body


class Post(Content):
    """An article."""

    __tablename__ = "posts"
    __mapper_args__ = {"polymorphic_identity": "post"}

    id: Mapped[int] = mapped_column(ForeignKey("contents.id", ondelete="RESTRICT"), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))

    author: Mapped[Person] = relationship(back_populates="posts")
    comments: Mapped[list[Comment]] = relationship(
        back_populates="post", cascade="all, delete-orphan", foreign_keys="Comment.post_id", order_by="Comment.id"
    )
    labels: Mapped[list[Label]] = relationship(secondary="post_labels", back_populates="posts", order_by="Label.name")


class Comment(Content):
    """A remark on a post."""

    __tablename__ = "comments"
    __mapper_args__ = {"polymorphic_identity": "comment"}  # the FK to posts does not make the inheritance ambiguous: posts is no parent

    id: Mapped[int] = mapped_column(ForeignKey("contents.id", ondelete="RESTRICT"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="RESTRICT"), index=True)

    author: Mapped[Person] = relationship(back_populates="comments")
    post: Mapped[Post] = relationship(back_populates="comments", foreign_keys=[post_id])
