import re

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import as_declarative, declared_attr, relationship


@as_declarative()
class Base:
    id = Column(Integer, primary_key=True)

    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower() + "s"

    def __repr__(self):
        return f"<{type(self).__name__} {self.id}>"


class SnakeMixin:
    @declared_attr.directive
    def __tablename__(cls) -> str:
        first = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", cls.__name__)
        return re.sub("([a-z0-9])([A-Z])", r"\1_\2", first).lower()


class User(Base):
    email = Column(String(100), nullable=False)


class BlogPost(SnakeMixin, Base):
    user_id = Column(ForeignKey("users.id"), nullable=False)
    user = relationship(User)


class HTTPLog(Base):
    __tablename__ = f"{BlogPost.__tablename__}_log"
    post_id = Column(ForeignKey("blog_post.id"))
