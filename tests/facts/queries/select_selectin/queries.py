from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models import Comment, Post, User


def posts_by_user(session: Session, user_id: int) -> list[Post]:
    """Posts of a user with their comments."""
    stmt = (
        select(Post)
        .where(Post.author_id == user_id)
        .options(selectinload(Post.comments).joinedload(Comment.author), selectinload(Post.tags))
        .order_by(Post.created_at.desc(), Post.id)
    )
    return list(session.scalars(stmt))


def users_with_posts(session: Session, name):
    stmt = select(User).options(selectinload(User.posts).selectinload(Post.comments)).filter_by(username=name)
    return session.execute(stmt).scalar_one_or_none()
