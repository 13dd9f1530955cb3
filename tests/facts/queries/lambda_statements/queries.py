from sqlalchemy import lambda_stmt, select
from sqlalchemy.orm import selectinload

from models import Post


def posts_by_user(session, user_id):
    stmt = lambda_stmt(lambda: select(Post).options(selectinload(Post.comments)))
    stmt += lambda s: s.where(Post.author_id == user_id)
    return session.scalars(stmt).all()
