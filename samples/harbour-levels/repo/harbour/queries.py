"""The two queries."""
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from harbour.comments import Comment
from harbour.core import Post, User


def log_book(session: Session, username: str) -> list[dict]:
    """All posts of a crew member, each with its comments; Core rows, grouped here."""
    rows = session.execute(
        select(Post.id, Post.title, Post.body, Comment.guest_name, Comment.body.label("comment"))
        .select_from(Post.__table__.join(User.__table__, User.id == Post.owner_id).outerjoin(Comment.__table__, Comment.post_id == Post.id))
        .where(User.username == username)
        .order_by(Post.id, Comment.id)
    )
    result = []
    for (post_id, title, body), lines in groupby(rows, key=lambda r: (r.id, r.title, r.body)):
        comments = [{"guest": r.guest_name, "text": r.comment} for r in lines if r.comment is not None]
        result.append({"id": post_id, "title": title, "body": body, "comments": comments})
    return result


def latest(session: Session, limit: int = 10) -> list[Post]:
    """The newest posts with owner and comments in one statement (joinedload, no N+1)."""
    stmt = (
        select(Post)
        .options(joinedload(Post.owner), joinedload(Post.comments))
        .order_by(Post.created_at.desc(), Post.id.desc())
        .limit(limit)
    )
    return list(session.scalars(stmt).unique())
