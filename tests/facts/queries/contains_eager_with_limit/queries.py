from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from models import Post


def cut(session, limit: int = 10):
    stmt = select(Post).outerjoin(Post.comments).options(contains_eager(Post.comments)).limit(limit)
    return session.scalars(stmt).unique().all()


def whole(session, page: int, per_page: int = 20):
    stmt = select(Post).options(joinedload(Post.comments)).order_by(Post.created_at.desc(), Post.id)
    return session.scalars(stmt.limit(per_page).offset((page - 1) * per_page)).unique().all()


def fixed(session):
    return session.scalars(select(Post).limit(5)).all()
