from typing import List, Optional

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, DynamicMapped, Mapped, WriteOnlyMapped, backref, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    profile: Mapped["Profile"] = relationship(back_populates="user")
    settings = relationship("Settings", uselist=False, backref="user")
    badge = relationship("Badge", backref=backref("user", uselist=False))
    written: DynamicMapped["Post"] = relationship(foreign_keys="Post.author_id", back_populates="author")
    edited: WriteOnlyMapped["Post"] = relationship(foreign_keys="[Post.editor_id]", passive_deletes=True)
    live = relationship(
        "Post", primaryjoin="and_(User.id == Post.author_id, Post.live == True)", viewonly=True, order_by="Post.id"
    )
    loose = relationship("Loose", primaryjoin="User.id == foreign(Loose.user_id)", collection_class=set)


class Profile(Base):
    __tablename__ = "profiles"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    user: Mapped[User] = relationship(back_populates="profile", single_parent=True)


class Settings(Base):
    __tablename__ = "settings"
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)


class Badge(Base):
    __tablename__ = "badges"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    live: Mapped[bool]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    editor_id: Mapped[Optional[int]] = mapped_column(ForeignKey("users.id"))
    author: Mapped[User] = relationship(foreign_keys=[author_id], back_populates="written", lazy="raise")
    editor: Mapped[Optional[User]] = relationship(foreign_keys=[editor_id], overlaps="edited")


class Loose(Base):
    __tablename__ = "loose"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int]


class Node(Base):
    __tablename__ = "nodes"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("nodes.id"))
    parent: Mapped[Optional["Node"]] = relationship(remote_side=[id], back_populates="children")
    children: Mapped[List["Node"]] = relationship(back_populates="parent", cascade="all")


class Reply(Base):
    __tablename__ = "replies"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id = mapped_column(ForeignKey("replies.id"), nullable=True)
    replies = relationship("Reply", backref=backref("parent", remote_side="Reply.id"))
