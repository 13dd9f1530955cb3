from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import DeclarativeBase, relationship


class Base(DeclarativeBase):
    pass


user_table = Table("user", Base.metadata, Column("user_id", Integer, primary_key=True), Column("name", String(40)))


class User(Base):
    __table__ = user_table
    id = user_table.c.user_id
    posts = relationship("Post", back_populates="author")


class Post(Base):
    __table__ = Table(
        "post",
        Base.metadata,
        Column("id", Integer, primary_key=True),
        Column("author", ForeignKey("user.user_id"), key="author_fk"),
    )
    author = relationship(User, back_populates="posts")
