from flask_sqlalchemy import SQLAlchemy as BaseSQLAlchemy
from sqlalchemy import Column, Integer
from sqlalchemy.orm import DeclarativeMeta, registry


class Database(BaseSQLAlchemy):
    pass


class Required(Column):
    inherit_cache = True

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("nullable", False)
        super().__init__(*args, **kwargs)


db = Database()
reg = registry()


class Base(metaclass=DeclarativeMeta):
    __abstract__ = True
    registry = reg
    metadata = reg.metadata


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)


class Plain(Base):
    __tablename__ = "plain"
    id = Required(Integer, primary_key=True)
