from hub.model.base import Base, SiteRow, SoftDelete
from hub.model.blog import Comment, Post, PostTag, Tag, User
from hub.model.site import Site

__all__ = ["Base", "Comment", "Post", "PostTag", "Site", "SiteRow", "SoftDelete", "Tag", "User"]
