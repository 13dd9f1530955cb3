import json

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

from company.schema import audit_columns, money_column

Base = declarative_base()
FIELDS = json.load(open("fields.json"))


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    for field in FIELDS:
        locals()[field] = Column(String(50))


class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    price = money_column()


class Tag(Base):
    __tablename__ = "tags"
    id = Column(Integer, primary_key=True)


for name in FIELDS:
    setattr(Tag, name, Column(String(10)))
