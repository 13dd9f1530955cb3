import uuid
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from app.db import queries
from app.db.session import get_session

api = FastAPI(title="Inkpot")
Db = Annotated[Session, Depends(get_session)]


class Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class AuthorOut(Out):
    username: str


class CommentOut(Out):
    body: str
    author: AuthorOut


class TagOut(Out):
    name: str


class PostOut(Out):
    id: uuid.UUID
    title: str
    author: AuthorOut
    tags: list[TagOut]
    comments: list[CommentOut]


@api.get("/users/{username}/posts")
def user_posts(username: str, db: Db):
    return queries.posts_by_username(db, username)


@api.get("/timeline", response_model=list[PostOut])
def timeline(db: Db, limit: int = 30):
    return queries.timeline(db, limit)
