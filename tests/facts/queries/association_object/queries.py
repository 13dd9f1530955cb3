from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from models import Post, PostTag


def tagged(session):
    stmt = select(Post).options(selectinload(Post.tag_links).joinedload(PostTag.tag))
    return [[tag.name for tag in post.tags] for post in session.scalars(stmt)]
