from advanced_alchemy.base import UUIDAuditBase
from fastapi_users.db import SQLAlchemyBaseUserTableUUID
from flask_login import UserMixin
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy_utils import Timestamp


class Base(DeclarativeBase):
    pass


class User(SQLAlchemyBaseUserTableUUID, Base):
    nick: Mapped[str] = mapped_column(String(20))


class Post(UserMixin, Timestamp, Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id = mapped_column(ForeignKey("user.id"))


class BlogTag(UUIDAuditBase):
    name: Mapped[str]
