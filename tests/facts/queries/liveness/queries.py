from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models import Post


def _unused(session):
    return session.scalars(select(Post).options(selectinload(Post.comments))).all()


def _used(session):
    return session.scalars(select(Post).options(selectinload(Post.comments))).all()


def public(session):
    def nested_and_called():
        return session.scalars(select(Post)).all()

    def nested_only():
        return session.scalars(select(Post).options(selectinload(Post.comments))).all()

    return nested_and_called() + _used(session)


class Abstract:
    def by_user(self, session, user_id):
        raise NotImplementedError


if False:

    def disabled(session):
        return session.scalars(select(Post)).all()
