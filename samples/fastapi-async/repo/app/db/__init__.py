from app.db.base import Base
from app.db.models import Comment, Post, Tag, User, posts_tags

__all__ = ["Base", "Comment", "Post", "Tag", "User", "posts_tags"]
