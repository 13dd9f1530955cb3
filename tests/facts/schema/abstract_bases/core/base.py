from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

Root = declarative_base()


class Entity(Root):
    __abstract__ = True

    id = Column(Integer, primary_key=True)


class Audited(Entity):
    __abstract__ = True

    version = Column(Integer, nullable=False, default=1)
