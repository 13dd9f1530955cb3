from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from hub.model import Comment, Post, Tag


def posts_of_user(session: Session, site_id: int, user_id: uuid.UUID) -> Sequence[Post]:
    """All posts of a user of a site, with comments and their authors."""
    stmt = (
        select(Post)
        .where(Post.site_id == site_id, Post.author_id == user_id)
        .options(selectinload(Post.comments).joinedload(Comment.author))
        .order_by(Post.created_at.desc(), Post.id.desc())
    )
    return session.scalars(stmt).all()


def page(session: Session, site_id: int, *, after: Post | None = None, size: int = 20) -> Sequence[Post]:
    """One page of a site with authors, tags and comments, newest first. Eager, so no N+1; keyset, so no OFFSET."""
    stmt = (
        select(Post)
        .where(Post.site_id == site_id)
        .options(joinedload(Post.author), selectinload(Post.tags), selectinload(Post.comments))
        .order_by(Post.created_at.desc(), Post.id.desc())
        .limit(size)
    )
    if after is not None:
        stmt = stmt.where(tuple_(Post.created_at, Post.id) < (after.created_at, after.id))
    return session.scalars(stmt).all()


def tags_of_site(session: Session, site_id: int) -> Sequence[str]:
    """Tag names in alphabetical order."""
    return session.scalars(select(Tag.name).where(Tag.site_id == site_id).order_by(Tag.name)).all()
