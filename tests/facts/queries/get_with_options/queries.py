from sqlalchemy.orm import selectinload

from models import Post, User


def user_page(session, user_id):
    user = session.get(User, user_id, options=[selectinload(User.posts).selectinload(Post.comments)])
    return [(post.title, [comment.body for comment in post.comments]) for post in user.posts]
