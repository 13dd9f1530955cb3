from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from models import Post, User


def posts_by_name(session: Session, name: str):
    statement = select(Post).join(User).where(User.name == name).where(col(Post.draft).is_(False))
    return session.exec(statement.order_by(col(Post.title).desc())).all()


def user_page(session: Session, user_id: int):
    return session.exec(select(User).where(User.id == user_id).options(selectinload(User.posts))).one_or_none()


def pairs(session: Session):
    return [post.author.name for user, post in session.exec(select(User, Post).join(Post))]
