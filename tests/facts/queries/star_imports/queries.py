from sqlalchemy import *
from sqlalchemy.orm import *

from models import *


def posts_by_user(session, user_id):
    return session.scalars(select(Post).where(Post.author_id == user_id).options(selectinload(Post.comments))).all()
