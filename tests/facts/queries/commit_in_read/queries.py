from sqlalchemy import select

from models import Post


def posts(session):
    found = session.scalars(select(Post)).all()
    session.commit()
    return found


def touch(session, post_id):
    post = session.get(Post, post_id)
    post.title = "new"
    session.commit()
    return post


def create(session, title):
    post = Post(title=title)
    session.add(post)
    session.commit()
    return post
