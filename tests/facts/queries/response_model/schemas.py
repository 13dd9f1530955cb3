from pydantic import BaseModel, ConfigDict


class AuthorOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    username: str


class CommentOut(BaseModel):
    body: str
    author: AuthorOut


class PostBase(BaseModel):
    title: str


class PostOut(PostBase):
    comments: list[CommentOut]


class PostLine(PostBase):
    id: int
