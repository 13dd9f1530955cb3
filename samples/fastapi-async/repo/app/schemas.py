from datetime import datetime

from pydantic import BaseModel, ConfigDict, EmailStr, Field


class Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class UserOut(Out):
    id: int
    name: str


class CommentOut(Out):
    id: int
    content: str
    created_at: datetime
    author: UserOut | None


class PostOut(Out):
    id: int
    title: str
    content: str
    created_at: datetime
    comments: list[CommentOut]


class TagOut(Out):
    name: str


class FeedItem(PostOut):
    author: UserOut
    tags: list[TagOut]


class TagCount(BaseModel):
    name: str
    posts: int


class CommentIn(BaseModel):
    author_id: int
    content: str = Field(min_length=1)


class UserIn(BaseModel):
    email: EmailStr
    name: str = Field(max_length=100)
    password: str = Field(min_length=8)
