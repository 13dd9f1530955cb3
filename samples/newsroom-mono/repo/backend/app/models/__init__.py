from app.models.comment import Comment
from app.models.post import Post, post_tags
from app.models.tag import Tag
from app.models.user import User

__all__ = ["Comment", "Post", "Tag", "User", "post_tags"]
