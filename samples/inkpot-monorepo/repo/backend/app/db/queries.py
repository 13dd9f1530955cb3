"""Read side."""
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session, joinedload, selectinload

from app.db.models import Comment, Post, User


def posts_by_username(session: Session, username: str) -> list[dict[str, Any]]:
    """All posts of a user with their comments, aggregated by the database in one statement."""
    comment_json = func.jsonb_build_object("id", Comment.id, "author_id", Comment.author_id, "body", Comment.body)
    comments = (
        select(func.coalesce(func.jsonb_agg(aggregate_order_by(comment_json, Comment.created_at, Comment.id)), func.jsonb_build_array()))
        .where(Comment.post_id == Post.id)
        .correlate(Post)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Post.id, Post.title, Post.slug, comments.label("comments"))
        .join(Post.author)
        .where(User.username == username)
        .order_by(Post.created_at.desc(), Post.id.desc())
    )
    return [dict(row) for row in rows.mappings()]


def timeline(session: Session, limit: int = 30) -> Sequence[Post]:
    """Newest posts with author, tags, comments and comment authors: no N+1."""
    return session.scalars(
        select(Post)
        .options(
            joinedload(Post.author),
            selectinload(Post.tags),
            selectinload(Post.comments).selectinload(Comment.author),
        )
        .order_by(Post.created_at.desc(), Post.id.desc())
        .limit(limit)
    ).all()


def search(session: Session, words: str, limit: int = 30) -> Sequence[Post]:
    """Full-text search, best match first."""
    query = func.websearch_to_tsquery("english", words)
    return session.scalars(
        select(Post)
        .where(Post.search.op("@@")(query))
        .order_by(func.ts_rank(Post.search, query).desc(), Post.id)
        .limit(limit)
    ).all()
