from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, status
from sqlalchemy.ext.asyncio import AsyncSession

from app import crud
from app.db.session import get_session
from app.schemas import CommentIn, CommentOut, FeedItem, PostOut, TagCount

router = APIRouter()
SessionDep = Annotated[AsyncSession, Depends(get_session)]


@router.get("/users/{user_id}/posts", response_model=list[PostOut])
async def user_posts(user_id: int, session: SessionDep):
    if not await crud.user_exists(session, user_id):
        raise HTTPException(status.HTTP_404_NOT_FOUND, "no such user")
    return await crud.list_user_posts(session, user_id)


@router.get("/posts", response_model=list[FeedItem])
async def feed(session: SessionDep, limit: Annotated[int, Query(ge=1, le=100)] = 20, before: int | None = None):
    return await crud.feed(session, limit, before)


@router.get("/tags", response_model=list[TagCount])
async def tags(session: SessionDep):
    return [TagCount(name=name, posts=n) for name, n in await crud.count_tags(session)]


@router.post("/posts/{post_id}/comments", response_model=CommentOut, status_code=201)
async def create_comment(post_id: int, payload: CommentIn, session: SessionDep):
    return await crud.add_comment(session, post_id, payload.author_id, payload.content)
