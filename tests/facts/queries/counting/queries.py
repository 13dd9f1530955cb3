from sqlalchemy import func, select

from models import Comment, Post


def lengths(session):
    return {post.title: len(post.comments) for post in session.scalars(select(Post))}


def counted(session):
    stmt = select(Post.title, func.count(Comment.id)).join(Post.comments, isouter=True).group_by(Post.id)
    return session.execute(stmt).all()


def total(session):
    return session.scalar(select(func.count()).select_from(Post))


def touched(session):
    posts = session.scalars(select(Post)).all()
    for post in posts:
        len(post.comments)
    return posts
