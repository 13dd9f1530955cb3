from __future__ import annotations

import typing as t

import sqlalchemy as sa
from sqlalchemy import orm as so

from app import base

if t.TYPE_CHECKING:
    from app.user import User


class Post(base.Base):
    __tablename__ = "posts"
    id: so.Mapped[int] = so.mapped_column(primary_key=True)
    author_id: so.Mapped[int] = so.mapped_column(sa.ForeignKey("users.id"))
    author: so.Mapped[User] = so.relationship(back_populates="posts")
