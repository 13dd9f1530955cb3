from sqlalchemy import select

from models import Post


def overview(session):
    return [{"title": post.title, "count": post.comment_count} for post in session.scalars(select(Post))]


def names(session, post: Post):
    return post.tag_names
