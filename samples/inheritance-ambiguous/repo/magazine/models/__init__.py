from .base import Base
from .content import Category, Comment, Post, Reply, Tag, post_tags
from .people import Author, AuthorProfile, Reader, User

__all__ = [
    "Author",
    "AuthorProfile",
    "Base",
    "Category",
    "Comment",
    "Post",
    "Reader",
    "Reply",
    "Tag",
    "User",
    "post_tags",
]
