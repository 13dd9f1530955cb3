from sqlalchemy import select

from models import Comment, Post


def posts_with_comments(session, user_id):
    result = []
    for post in session.scalars(select(Post).where(Post.author_id == user_id)):
        comments = session.scalars(select(Comment).where(Comment.post_id == post.id)).all()
        result.append({"title": post.title, "comments": [comment.body for comment in comments]})
    return result


def by_ids(session, ids):
    return [session.get(Post, key) for key in ids]


def retried(session):
    for attempt in range(3):
        posts = session.scalars(select(Post)).all()
        if posts:
            return posts
