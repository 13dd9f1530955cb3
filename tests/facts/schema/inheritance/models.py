from sqlalchemy import Column, ForeignKey, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, relationship


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "people"
    id = Column(Integer, primary_key=True)
    kind = Column(String(20))
    name = Column(String(50), nullable=False)
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}


class Author(Person):
    """Joined: a table of its own."""

    __tablename__ = "authors"
    id = Column(ForeignKey("people.id"), primary_key=True)
    pen_name = Column(String(50))
    posts = relationship("Post", back_populates="author")
    __mapper_args__ = {"polymorphic_identity": "author"}


class Guest(Person):
    note = Column(Text)
    __mapper_args__ = {"polymorphic_identity": "guest"}


class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("authors.id"))
    author = relationship(Author, back_populates="posts")
    editor_id = Column(ForeignKey("people.id"))
    editor = relationship("Person")
