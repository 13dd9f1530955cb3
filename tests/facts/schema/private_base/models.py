from acme.orm import Model, TimestampMixin
from acme.orm import Column, ForeignKey, Integer, String, relationship


class User(Model, TimestampMixin):
    id = Column(Integer, primary_key=True)
    email = Column(String(100), unique=True, nullable=False)


class Post(Model):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    author_id = Column(Integer, ForeignKey("users.id"))
    author = relationship("User", backref="posts")


class Settings(Model):
    debug = False
