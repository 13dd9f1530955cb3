"""Data transfer objects and their mapper."""
from __future__ import annotations

from dataclasses import dataclass

from press.content import Comment, Post


@dataclass
class CommentDTO:
    by: str
    text: str


@dataclass
class PostDTO:
    title: str
    words: int
    comments: list[CommentDTO]


def comment_dto(comment: Comment) -> CommentDTO:
    return CommentDTO(by=comment.author.handle, text=comment.body)


def post_dto(post: Post) -> PostDTO:
    return PostDTO(title=post.title, words=post.word_count, comments=[comment_dto(c) for c in post.comments])
