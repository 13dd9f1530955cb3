from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


from app import post, user  # noqa: E402,F401
