from sqlalchemy import String
from sqlalchemy.orm import declarative_base

from . import columns
from .columns import created, fk, pk, required

Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    id = pk()
    email = required(String(80), unique=True)
    at = created()


class Post(Base):
    __tablename__ = "posts"
    id = columns.pk()
    user_id = fk("users.id")
    editor_id = fk("users.id", nullable=True)
    title = required(String(200))
