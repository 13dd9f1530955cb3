from core import base as b
from core.base import Audited as AuditedEntity
from sqlalchemy import Column, ForeignKey, String


class User(AuditedEntity):
    __tablename__ = "users"
    name = Column(String(30), nullable=False)


class Post(b.Entity):
    __tablename__ = "posts"
    author = Column(ForeignKey(User.id), nullable=False)


class Draft(b.Entity):
    __abstract__ = True
    __tablename__ = "drafts"
