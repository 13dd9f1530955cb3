from sqlalchemy import select

from models import Post


def posts_in_test(session):
    return session.scalars(select(Post)).all()
