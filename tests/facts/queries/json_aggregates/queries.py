from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Comment, Post


def by_subquery(session: Session, user_id: int):
    comments = (
        select(func.coalesce(func.json_agg(func.json_build_object("id", Comment.id, "body", Comment.body)), "[]"))
        .where(Comment.post_id == Post.id)
        .correlate(Post)
        .scalar_subquery()
    )
    query = select(Post.id, comments.label("comments")).where(Post.user_id == user_id).order_by(Post.id)
    return session.execute(query).mappings().all()


def by_group(session: Session, user_id: int):
    query = (
        select(Post.id, func.json_group_array(Comment.body))
        .join(Post.comments)
        .where(Post.user_id == user_id)
        .group_by(Post.id)
    )
    return session.execute(query).all()


def by_count(session: Session, user_id: int):
    count = select(func.count(Comment.id)).where(Comment.post_id == Post.id).scalar_subquery()
    return session.execute(select(Post.id, count.label("comments")).where(Post.user_id == user_id)).all()
