import datetime

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, Table, Text
from sqlalchemy.orm import relationship

from .database import Base

tbl_post_tags = Table(
    "tbl_post_tags",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("post_id", Integer, ForeignKey("tbl_posts.id"), nullable=False),
    Column("tag_id", Integer, ForeignKey("tbl_tags.id"), nullable=False),
)


class BlogUser(Base):
    """User account."""

    __tablename__ = "tbl_users"

    id = Column(Integer, primary_key=True)
    username = Column(String(64), nullable=False, unique=True)
    email = Column(String(191), nullable=False, unique=True)
    password = Column(String(128), nullable=False)
    is_admin = Column(Boolean, nullable=False, default=False)
    created = Column(DateTime, nullable=False, default=datetime.datetime.now)

    def __repr__(self):
        return "<BlogUser %s>" % self.username


class BlogPost(Base):
    """Blog post."""

    __tablename__ = "tbl_posts"

    id = Column(Integer, primary_key=True)
    title = Column(String(200), nullable=False)
    body = Column(Text, nullable=False)
    created = Column(DateTime, nullable=False, default=datetime.datetime.now)
    modified = Column(DateTime, onupdate=datetime.datetime.now)
    user_id = Column(Integer, ForeignKey("tbl_users.id"), nullable=False)

    author = relationship(BlogUser, backref="posts")
    tags = relationship("BlogTag", secondary=tbl_post_tags, backref="posts")

    def __repr__(self):
        return "<BlogPost %s: %s>" % (self.id, self.title)


class BlogComment(Base):
    """Comment of a user on a post."""

    __tablename__ = "tbl_comments"

    id = Column(Integer, primary_key=True)
    content = Column(Text, nullable=False)
    created = Column(DateTime, nullable=False, default=datetime.datetime.now)
    post_id = Column(Integer, ForeignKey("tbl_posts.id"), nullable=False)
    user_id = Column(Integer, ForeignKey("tbl_users.id"), nullable=False)

    post = relationship(BlogPost, backref="comments", cascade="all")
    author = relationship(BlogUser, backref="comments")


class BlogTag(Base):
    """Tag."""

    __tablename__ = "tbl_tags"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False, unique=True)

    def __repr__(self):
        return "<BlogTag %s>" % self.name
