from sqlalchemy import delete, select
from sqlalchemy.orm import contains_eager, joinedload

from models import Comment, Post, User


def get_posts_by_user(session, user_id):
    """Posts of a user, with comments."""
    return (
        session.query(Post)
        .filter(Post.author_id == user_id)
        .order_by(Post.created_at.desc())
        .limit(50)
        .all()
    )


def get_recent_posts_with_comments(session, limit=10):
    """Recent posts with author and comments in one query (avoids N+1)."""
    stmt = (
        select(Post)
        .outerjoin(Post.comments)
        .options(contains_eager(Post.comments), joinedload(Post.author))
        .order_by(Post.created_at.desc(), Comment.id)
        .limit(limit)
    )
    return session.execute(stmt).unique().scalars().all()


def find_user(session, username):
    return session.execute(select(User).where(User.username == username)).scalar_one_or_none()


def delete_post(session, post_id):
    session.execute(delete(Comment).where(Comment.post_id == post_id))
    session.execute(delete(Post).where(Post.id == post_id))
    session.commit()
