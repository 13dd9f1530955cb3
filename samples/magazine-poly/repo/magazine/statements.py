"""Statements, compiled once and executed with parameters."""
from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload

from magazine.model import Comment, Post, Writer

# all posts of one writer, with comments; parameter: email
POSTS_OF_WRITER = (
    select(Post)
    .join(Post.writer)
    .where(Writer.email == bindparam("email"))
    .options(selectinload(Post.comments))
    .order_by(Post.created_at, Post.id)
)

# every writer with posts, the posts' tags, comments and who commented; fixed number of SELECTs
OVERVIEW = (
    select(Writer)
    .options(
        selectinload(Writer.posts).options(
            selectinload(Post.tags),
            selectinload(Post.comments).selectinload(Comment.person),
        )
    )
    .order_by(Writer.name, Writer.id)
)
