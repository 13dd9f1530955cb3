from sqlalchemy import select, text
from sqlalchemy.orm import selectinload

from models import Post

# Posts with everything, for the front page.
front_page = select(Post).options(selectinload(Post.comments)).order_by(Post.id)

PING = text("SELECT 1")


def posts_by_user(session, user_id):
    return session.scalars(front_page.where(Post.author_id == user_id)).all()
