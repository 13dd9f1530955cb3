from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models import Post, User


def search(session, user_id=None, title=None, with_comments=False, limit=None):
    stmt = select(Post)
    if user_id is not None:
        stmt = stmt.where(Post.author_id == user_id)
    if title:
        stmt = stmt.where(Post.title.ilike(f"%{title}%"))
    if with_comments:
        stmt = stmt.options(selectinload(Post.comments))
    stmt = stmt.order_by(Post.id)
    if limit:
        stmt = stmt.limit(limit)
    return session.scalars(stmt).all()


def by_name_or_id(session, key):
    if isinstance(key, int):
        query = session.query(Post).filter(Post.author_id == key)
    else:
        query = session.query(Post).join(User).filter(User.username == key)
    return query.all()
