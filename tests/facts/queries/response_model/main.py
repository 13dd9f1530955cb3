from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models import Post
from schemas import PostLine, PostOut

router = APIRouter()


def get_session():
    yield None


SessionDep = Annotated[Session, Depends(get_session)]


@router.get("/users/{user_id}/posts", response_model=list[PostOut])
def posts_of(user_id: int, session: SessionDep):
    return session.scalars(select(Post).where(Post.author_id == user_id).options(selectinload(Post.comments))).all()


@router.get("/posts")
async def lines(session: Session = Depends(get_session)) -> list[PostLine]:
    return session.scalars(select(Post)).all()


@router.get("/posts/{post_id}")
def one(post_id: int, session: SessionDep):
    post = session.get(Post, post_id)
    return PostOut.model_validate(post)
