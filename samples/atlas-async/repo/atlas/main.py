import uuid
from typing import Annotated

from fastapi import Depends, FastAPI, Query
from sqlalchemy.ext.asyncio import AsyncSession

from atlas.db import get_session
from atlas.repositories import PostRepository
from atlas.schemas import PostCard, PostWithComments

app = FastAPI(title="Atlas")


def post_repository(session: Annotated[AsyncSession, Depends(get_session)]) -> PostRepository:
    return PostRepository(session)


Posts = Annotated[PostRepository, Depends(post_repository)]


@app.get("/users/{user_id}/posts", response_model=list[PostWithComments])
async def user_posts(user_id: uuid.UUID, posts: Posts):
    """All posts of a user with their comments."""
    return await posts.list_by_author(user_id)


@app.get("/posts", response_model=list[PostCard])
async def published_posts(
    posts: Posts, limit: Annotated[int, Query(ge=1, le=200)] = 50, offset: Annotated[int, Query(ge=0)] = 0
):
    return await posts.published(limit=limit, offset=offset)
