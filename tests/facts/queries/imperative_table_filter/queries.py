from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

import models as t
from models import Post


def posts_by_user(session: Session, user_id: int):
    query = select(Post).where(t.posts.c.user_id == user_id).options(joinedload(Post.author))
    return session.scalars(query).all()
