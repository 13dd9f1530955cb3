"""Read queries. Eager loading throughout."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from inkline.models import Comment, Post, Tag


def _driver(session: Session):
    return session.connection().connection.driver_connection


def _load_comments(session: Session, post: Post) -> None:
    rows = _driver(session).execute(
        "SELECT id, user_id, body, created_at FROM comment WHERE post_id = ? ORDER BY id", (post.id,)
    )
    comments = []
    for id_, user_id, body, created_at in rows.fetchall():
        comment = Comment(
            id=id_, post_id=post.id, user_id=user_id, body=body, created_at=datetime.fromisoformat(created_at)
        )
        make_transient_to_detached(comment)
        comments.append(comment)
    set_committed_value(post, "comments", comments)


def _load_tags(session: Session, post: Post) -> None:
    rows = _driver(session).execute(
        "SELECT tag.id, tag.name FROM tag JOIN post_tag ON post_tag.tag_id = tag.id WHERE post_tag.post_id = ?", (post.id,)
    )
    set_committed_value(post, "tags", [Tag(id=id_, name=name) for id_, name in rows.fetchall()])


def posts_by_user(session: Session, user_id: int) -> Sequence[Post]:
    """All posts of a user with their comments, eagerly loaded."""
    posts = session.scalars(select(Post).where(Post.user_id == user_id).order_by(Post.id)).all()
    for post in posts:
        _load_comments(session, post)
    return posts


def feed(session: Session, limit: int = 20) -> Sequence[Post]:
    """Newest posts with comments and tags, eagerly loaded: no N+1."""
    posts = session.scalars(select(Post).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)).all()
    for post in posts:
        _load_comments(session, post)
        _load_tags(session, post)
    return posts
