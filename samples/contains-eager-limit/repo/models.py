from datetime import datetime
from typing import List, Optional

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(50), unique=True)
    full_name: Mapped[Optional[str]] = mapped_column(String(100))

    posts: Mapped[List["Post"]] = relationship(back_populates="author")


class Tag(Base):
    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(30), unique=True)

    posts: Mapped[List["Post"]] = relationship(back_populates="tag")


class Post(Base):
    __tablename__ = "post"

    id = Column(Integer, primary_key=True)
    title = Column(String(120), nullable=False)
    body = Column(Text, nullable=False)
    created_at = Column(DateTime, default=datetime.now, nullable=False)
    author_id = Column(Integer, ForeignKey("user_account.id"), nullable=False)
    tag_id = Column(Integer, ForeignKey("tag.id"))

    author = relationship("User", back_populates="posts")
    tag = relationship("Tag", back_populates="posts")
    comments = relationship("Comment", back_populates="post")


class Comment(Base):
    __tablename__ = "comment"

    id = Column(Integer, primary_key=True)
    body = Column(Text)
    created_at = Column(DateTime)
    post_id = Column(Integer, ForeignKey("post.id"), nullable=False, index=True)
    author_id = Column(Integer, ForeignKey("user_account.id"), nullable=False)
    parent_id = Column(Integer, ForeignKey("comment.id"))

    post = relationship("Post", back_populates="comments")
    author = relationship("User")
