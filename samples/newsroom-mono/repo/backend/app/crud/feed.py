"""Read side of the blog: pages of posts with their comments."""
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from app.models import Comment, Post

PAGE_SIZE = 10


def user_feed(db: Session, user_id: int, page: int = 1) -> Sequence[Post]:
    """Newest posts of one user with their comments, PAGE_SIZE posts per page, in a single statement."""
    stmt = (
        select(Post)
        .outerjoin(Post.comments)
        .options(contains_eager(Post.comments))
        .where(Post.author_id == user_id)
        .order_by(Post.created_at.desc(), Post.id.desc(), Comment.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return db.scalars(stmt).unique().all()


def front_page(db: Session, page: int = 1) -> Sequence[Post]:
    """Home page: newest posts with author and comments, eager loaded (no N+1)."""
    stmt = (
        select(Post)
        .join(Post.author)
        .outerjoin(Post.comments)
        .options(contains_eager(Post.author), contains_eager(Post.comments))
        .order_by(Post.created_at.desc(), Post.id.desc(), Comment.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return db.scalars(stmt).unique().all()
