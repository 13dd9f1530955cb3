"""Read access to posts."""
from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, raiseload, selectinload

from atlas.models import Comment, Post, PostStatus


class PostRepository:
    """All queries need a session from the caller and never commit."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_by_author(self, author_id: uuid.UUID) -> Sequence[Post]:
        """Every post of one author (drafts too), newest first, with its comments: two statements."""
        stmt = (
            select(Post)
            .where(Post.author_id == author_id)
            .options(selectinload(Post.comments), raiseload("*"))
            .order_by(Post.created_at.desc(), Post.id)
        )
        return (await self._session.scalars(stmt)).all()

    async def published(self, *, limit: int = 50, offset: int = 0) -> Sequence[Post]:
        """One page of published posts with author, tags, comments and who wrote them: three statements."""
        stmt = (
            select(Post)
            .where(Post.status == PostStatus.published)
            .options(
                joinedload(Post.author, innerjoin=True),
                selectinload(Post.tags),
                selectinload(Post.comments).joinedload(Comment.author, innerjoin=True),
                raiseload("*"),
            )
            .order_by(Post.created_at.desc(), Post.id)
            .limit(limit)
            .offset(offset)
        )
        return (await self._session.scalars(stmt)).all()
