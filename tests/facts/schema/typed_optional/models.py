from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import List, Optional, Union

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    nick: Mapped[Optional[str]]
    phone: Mapped[str | None] = mapped_column(String(20))
    site: Mapped[Union[str, None]] = mapped_column(Text)
    quoted: Mapped["str"]
    quoted_optional: Mapped["Optional[str]"] = mapped_column("quoted_opt", String(9))
    overruled: Mapped[Optional[str]] = mapped_column(nullable=False)
    plain = mapped_column(String(5))
    token: Mapped[uuid.UUID]
    born: Mapped[date]
    date: Mapped[date]
    balance: Mapped[Decimal]
    seen: Mapped[datetime | None]
    active: Mapped[bool]
    score: Mapped[float]
    blob: Mapped[bytes]

    posts: Mapped[List["Post"]] = relationship(back_populates="author")


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    author: Mapped[User] = relationship(back_populates="posts")
