from sqlalchemy import select

from models import Post


def posts(session):
    return session.scalars(select(Post)).all()
