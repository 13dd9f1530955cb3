from sqlalchemy import Boolean, Column, DateTime, Integer, String
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import column_property, declarative_base, deferred, synonym, validates

from passlib.hash import bcrypt

Base = declarative_base()


class SoftDelete:
    deleted_at = Column(DateTime)


class ReprMixin:
    def __repr__(self):
        return "x"


class User(ReprMixin, SoftDelete, Base):
    """With everything."""

    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    email = Column(String(80))
    username = Column(String(80))
    _password = Column("password", String(60), nullable=False)
    bio = deferred(Column(String(999)))
    login = synonym("username")
    display = column_property(email + username)

    @validates("email", "username")
    def check(self, key, value):
        assert value
        return value

    @hybrid_property
    def password(self):
        return self._password

    @password.setter
    def password(self, plain):
        self._password = bcrypt.hash(plain)

    def set_email(self, value):
        self.email = value.lower()


class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    is_archived = Column(Boolean, nullable=False, default=False)
