import uuid
from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class AuthorOut(Out):
    id: uuid.UUID
    username: str


class CommentOut(Out):
    id: uuid.UUID
    parent_id: uuid.UUID | None
    body: str
    created_at: datetime


class CommentWithAuthorOut(CommentOut):
    author: AuthorOut


class TagOut(Out):
    name: str


class PostWithComments(Out):
    id: uuid.UUID
    title: str
    slug: str
    body: str
    comments: list[CommentOut]


class PostCard(Out):
    id: uuid.UUID
    title: str
    slug: str
    author: AuthorOut
    tags: list[TagOut]
    comments: list[CommentWithAuthorOut]
