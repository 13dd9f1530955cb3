from datetime import datetime

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, Table, Text
from sqlalchemy.ext.declarative import declarative_base
from sqlalchemy.orm import backref, relationship

TITLE_LENGTH = 200
Base = declarative_base()

post_tags = Table(
    "post_tags",
    Base.metadata,
    Column("post_id", ForeignKey("posts.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    email = Column(String(120), unique=True, nullable=False, index=True)
    bio = Column("about", Text)


class Post(Base):
    """A post."""

    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    title = Column(String(TITLE_LENGTH), nullable=False)
    draft = Column(Boolean, default=True)
    created = Column(DateTime, default=datetime.utcnow)
    author_id = Column(Integer, ForeignKey("users.id", ondelete="cascade"), index=True)

    author = relationship("User", backref=backref("posts", lazy="dynamic", cascade="all, delete-orphan"))
    tags = relationship("Tag", secondary="post_tags", backref="posts")


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)
    name = Column(String(30), unique=True)
