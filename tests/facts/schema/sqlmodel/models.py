import enum
import uuid
from datetime import datetime, timezone
from typing import ClassVar, List, Optional

from pydantic import EmailStr
from sqlalchemy import Column, DateTime, Text, UniqueConstraint
from sqlmodel import Field, Relationship, SQLModel


class Status(str, enum.Enum):
    draft = "draft"
    published = "published"


class PostTag(SQLModel, table=True):
    post_id: Optional[int] = Field(default=None, foreign_key="post.id", primary_key=True)
    tag_id: Optional[int] = Field(default=None, foreign_key="tag.id", primary_key=True)


class UserBase(SQLModel):
    email: EmailStr = Field(unique=True, index=True, max_length=255)
    full_name: str | None = Field(default=None, max_length=255)


class User(UserBase, table=True):
    __table_args__ = (UniqueConstraint("full_name", name="uq_name"),)
    plural: ClassVar[str] = "users"

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    hashed_password: str
    active: bool = True
    created: datetime = Field(default_factory=lambda: datetime.now(timezone.utc), sa_column=Column(DateTime, nullable=False))
    posts: List["Post"] = Relationship(back_populates="author", cascade_delete=True)


class UserCreate(UserBase):
    password: str


class Post(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(max_length=100)
    body: str = Field(sa_column=Column(Text, nullable=False))
    status: Status = Status.draft
    views: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    stamped: datetime = Field(default=datetime.utcnow())
    author_id: uuid.UUID = Field(foreign_key="user.id", ondelete="CASCADE")
    author: Optional[User] = Relationship(back_populates="posts")
    tags: List["Tag"] = Relationship(back_populates="posts", link_model=PostTag)


class Tag(SQLModel, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    posts: List[Post] = Relationship(back_populates="tags", link_model=PostTag)
