"""Reads."""
from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload, with_parent

from press.content import Comment, Post
from press.people import Person


class Shelf:
    """All reads of posts; the session belongs to the caller."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def posts_by(self, author: Person) -> Sequence[Post]:
        """All posts of a person with their comments and who wrote them."""
        return self._session.scalars(
            select(Post)
            .where(with_parent(author, Person.posts))
            .options(selectinload(Post.comments).joinedload(Comment.author))
            .order_by(Post.created_at.desc(), Post.id.desc())
        ).all()

    def front(self, n: int = 20) -> Sequence[Post]:
        """The newest posts with author, labels, comments and commenters: three statements, no N+1."""
        return self._session.scalars(
            select(Post)
            .options(
                joinedload(Post.author),
                selectinload(Post.labels),
                selectinload(Post.comments).joinedload(Comment.author),
            )
            .order_by(Post.created_at.desc(), Post.id.desc())
            .limit(n)
        ).all()
