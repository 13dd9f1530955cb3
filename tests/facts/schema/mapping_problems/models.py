from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    posts = relationship("Post", back_populates="writer")
    notes = relationship("Note", backref="user")
    missing = relationship("Mising")
    strangers = relationship("Stranger")
    messages = relationship("Message")


class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    wrong_table = Column(ForeignKey("user.id"))
    wrong_column = Column(ForeignKey("users.uuid"))
    author = relationship("User", back_populates="posts")


class Note(Base):
    __tablename__ = "notes"
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    user = relationship("User", backref="notes")


class Stranger(Base):
    __tablename__ = "strangers"
    id = Column(Integer, primary_key=True)


class Message(Base):
    __tablename__ = "messages"
    id = Column(Integer, primary_key=True)
    sender_id = Column(ForeignKey("users.id"))
    receiver_id = Column(ForeignKey("users.id"))


class Keyless(Base):
    __tablename__ = "keyless"
    name = Column(String(5))


class Comment(Base):
    __tablename__ = "comments"
    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("comments.id"))
    parent = relationship("Comment", back_populates="replies")
    replies = relationship("Comment", back_populates="parent")


class Again(Base):
    __tablename__ = "strangers"
    id = Column(Integer, primary_key=True)
