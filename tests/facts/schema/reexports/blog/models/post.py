import sqlalchemy.orm
from sqlalchemy import orm
from sqlalchemy.schema import Column, ForeignKey
from sqlalchemy.types import Integer, Text

from blog.models import Base, Mixin


class Post(Mixin, Base):
    __tablename__ = "posts"
    body = Column(Text)
    user_id = Column(Integer, ForeignKey("users.id"))
    user = orm.relationship("User", backref="posts")
    other = sqlalchemy.orm.relationship("blog.models.user.User", viewonly=True)
