from datetime import datetime
from typing import List

from sqlalchemy import ForeignKey, String, func
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship


class Base(MappedAsDataclass, DeclarativeBase):
    """Everything is a dataclass."""


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    role: Mapped[str] = mapped_column(default="reader")
    joined: Mapped[datetime] = mapped_column(default_factory=datetime.now)
    changed: Mapped[datetime] = mapped_column(insert_default=func.now(), default=None)
    posts: Mapped[List["Post"]] = relationship(back_populates="author", default_factory=list, repr=False)


class Post(Base, repr=False):
    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey(User.id), init=False)
    author: Mapped[User] = relationship(back_populates="posts", default=None)
