from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from app.db import Comment, Post, Tag, User, posts_tags


async def list_user_posts(session: AsyncSession, user_id: int) -> Sequence[Post]:
    """Posts of a user with comments and comment authors (feeds ``PostOut``)."""
    result = await session.execute(
        select(Post)
        .where(Post.author_id == user_id)
        .options(selectinload(Post.comments).joinedload(Comment.author))
        .order_by(Post.created_at.desc(), Post.id.desc())
    )
    return result.scalars().all()


async def feed(session: AsyncSession, limit: int = 20, before: int | None = None) -> Sequence[Post]:
    """Newest posts with author, tags and comments (feeds ``FeedItem``). Keyset pagination on the id."""
    stmt = (
        select(Post)
        .options(
            joinedload(Post.author),
            selectinload(Post.tags),
            selectinload(Post.comments).joinedload(Comment.author),
        )
        .order_by(Post.id.desc())
        .limit(limit)
    )
    if before is not None:
        stmt = stmt.where(Post.id < before)
    return (await session.scalars(stmt)).all()


async def count_tags(session: AsyncSession) -> Sequence[tuple[str, int]]:
    stmt = (
        select(Tag.name, func.count(posts_tags.c.post_id))
        .outerjoin(posts_tags, posts_tags.c.tag_id == Tag.id)
        .group_by(Tag.name)
        .order_by(Tag.name)
    )
    return [(name, n) for name, n in await session.execute(stmt)]


async def user_exists(session: AsyncSession, user_id: int) -> bool:
    return await session.get(User, user_id) is not None


async def add_comment(session: AsyncSession, post_id: int, author_id: int, content: str) -> Comment:
    comment = Comment(post_id=post_id, author_id=author_id, content=content)
    session.add(comment)
    await session.commit()
    await session.refresh(comment, ["author", "created_at"])
    return comment
