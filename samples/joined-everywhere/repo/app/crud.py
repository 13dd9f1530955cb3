from sqlalchemy import select
from sqlalchemy.orm import Session

from . import models


def get_user_posts(db: Session, user_id: int) -> list[models.Post]:
    """Get all posts by a user with comments (joined eager loading)."""
    return list(db.scalars(select(models.Post).where(models.Post.author_id == user_id)).unique())


def get_posts(db: Session, skip: int = 0, limit: int = 100) -> list[models.Post]:
    """Get posts with author, comments and tags without N+1."""
    return list(db.scalars(select(models.Post).order_by(models.Post.id).offset(skip).limit(limit)).unique())


def create_user(db: Session, username: str, email: str, password: str) -> models.User:
    user = models.User(username=username, email=email, password=password)
    db.add(user)
    db.commit()
    db.refresh(user)
    return user
