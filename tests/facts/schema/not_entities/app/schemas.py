from dataclasses import dataclass

from pydantic import BaseModel
from sqlmodel import Field, SQLModel


class User(BaseModel):
    id: int
    email: str


@dataclass
class Post:
    id: int


class TagRead(SQLModel):
    id: int
    name: str = Field(max_length=10)


EXAMPLE = """
class Ghost(Base):
    __tablename__ = "ghosts"
    id = Column(Integer, primary_key=True)
"""
