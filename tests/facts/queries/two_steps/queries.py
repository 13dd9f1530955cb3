from collections import defaultdict

from sqlalchemy import select

from models import Comment, Post


def posts_with_comments(session, user_id):
    posts = session.scalars(select(Post).where(Post.author_id == user_id)).all()
    ids = [post.id for post in posts]
    by_post = defaultdict(list)
    for comment in session.scalars(select(Comment).where(Comment.post_id.in_(ids))):
        by_post[comment.post_id].append(comment.body)
    return [{"title": post.title, "comments": by_post[post.id]} for post in posts]
