from typing import Optional

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app import types
from app.types import int_pk, name_str, opt_text, timestamp, unique_name, user_fk


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int_pk]
    name: Mapped[unique_name]
    first: Mapped[name_str] = mapped_column(index=True)
    second: Mapped[Optional[name_str]]
    motto: Mapped[opt_text]
    created_at: Mapped[timestamp]


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[types.uuid_pk]
    author_id: Mapped[user_fk | None] = mapped_column(index=True)
