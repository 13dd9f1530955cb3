from .base import Base, Mixin
from .post import Post
from .user import User as User

__all__ = ["Base", "Post", "User"]
