from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models import Post, User


def posts_by_user(session: Session, name: str):
    user = session.scalars(select(User).where(User.name == name)).one_or_none()
    if user is None:
        return []
    query = user.posts.select().options(selectinload(Post.comments)).order_by(Post.id)
    return session.scalars(query).all()
