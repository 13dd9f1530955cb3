from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from models import Comment, Post


async def posts_by_user(session: AsyncSession, user_id: int) -> list[Post]:
    result = await session.execute(select(Post).where(Post.author_id == user_id).options(selectinload(Post.comments)))
    return list(result.scalars().all())


async def joined(session: AsyncSession, user_id: int):
    return (await session.scalars(select(Post).options(joinedload(Post.comments)))).unique().all()


async def streamed(session: AsyncSession):
    async for post in await session.stream_scalars(select(Post)):
        yield post


async def forgotten(session: AsyncSession):
    result = session.execute(select(Post))
    return result.scalars().all()


async def attributes(session: AsyncSession, post_id: int):
    post = await session.get(Post, post_id)
    return [comment.body for comment in await post.awaitable_attrs.comments]
