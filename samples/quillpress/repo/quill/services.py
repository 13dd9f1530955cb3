"""Service layer."""
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from quill.db import db_session
from quill.models import Comment, Post, Tag, User


class PostService:
    """Everything the views need to read."""

    def posts_for_user(self, username: str) -> list[Post]:
        """All posts of a user with their comments, eager loaded with selectinload (no N+1)."""
        posts = db_session.scalars(
            select(Post)
            .join(Post.author)
            .where(User.username == username)
            .options(selectinload(Post.comments))
            .order_by(Post.created_at.desc(), Post.id.desc())
        ).all()
        for post in posts:
            # approved ones only, oldest first
            post.visible_comments = db_session.scalars(
                select(Comment)
                .where(Comment.post_id == post.id, Comment.approved.is_(True))
                .order_by(Comment.created_at, Comment.id)
            ).all()
        return list(posts)

    def front_page(self, limit: int = 20) -> list[Post]:
        """Newest posts."""
        return list(db_session.scalars(select(Post).order_by(Post.created_at.desc(), Post.id.desc()).limit(limit)))

    def tags(self) -> list[Tag]:
        """All tags by name."""
        return list(db_session.scalars(select(Tag).order_by(Tag.name)))
