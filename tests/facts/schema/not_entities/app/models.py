from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Common(Base):
    __abstract__ = True
    id = Column(Integer, primary_key=True)


class IdMixin:
    number = Column(Integer)


class Real(IdMixin, Common):
    __tablename__ = "real"
