from blogcore.entities import Base, Comment, Post, PostTag, Tag, User

__all__ = ["Base", "Comment", "Post", "PostTag", "Tag", "User"]
