import os

try:
    from sqlalchemy.orm import DeclarativeBase

    class Base(DeclarativeBase):
        pass

except ImportError:
    from sqlalchemy.ext.declarative import declarative_base

    Base = declarative_base()

from sqlalchemy import Column, Integer, String

if os.environ.get("PG"):
    from sqlalchemy.dialects.postgresql import JSONB as Json
else:
    from sqlalchemy import JSON as Json

BIG = os.environ.get("BIG") == "1"


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    settings = Column(Json)
    name = Column(String(200) if BIG else String(100), nullable=False)


if BIG:

    class Log(Base):
        __tablename__ = "logs"
        id = Column(Integer, primary_key=True)
        text = Column(String(1000))

else:

    class Log(Base):
        __tablename__ = "logs"
        id = Column(Integer, primary_key=True)
