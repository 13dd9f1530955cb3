from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from blogcore.entities import Comment, Post, PostTag, Tag


class PostRepository:
    def __init__(self, session: Session):
        self.session = session

    def posts_of_user(self, user_id: int) -> list[Post]:
        """All posts by a user together with their comments, one SELECT."""
        stmt = (
            select(Post)
            .join(Post.comments)
            .options(contains_eager(Post.comments))
            .where(Post.user_id == user_id)
            .order_by(Post.created_at.desc(), Post.id.desc(), Comment.id)
        )
        return list(self.session.scalars(stmt).unique())

    def front_page(self, limit: int = 10) -> list[Post]:
        """Newest posts with user, comments and tags. No N+1: every relation is loaded up front."""
        stmt = (
            select(Post)
            .options(
                joinedload(Post.user),
                selectinload(Post.comments),
                selectinload(Post.tag_links).joinedload(PostTag.tag),
            )
            .order_by(Post.created_at.desc(), Post.id.desc())
            .limit(limit)
        )
        return list(self.session.scalars(stmt))

    def tag_post(self, post: Post, names: Iterable[str], user_id: int | None = None) -> None:
        """Appends tags in the given order; unknown names are created."""
        names = list(dict.fromkeys(name.strip().lower() for name in names))
        known = {t.name: t for t in self.session.scalars(select(Tag).where(Tag.name.in_(names)))}
        start = len(post.tag_links)
        for offset, name in enumerate(names):
            tag = known.get(name) or Tag(name=name)
            post.tag_links.append(PostTag(tag=tag, position=start + offset, added_by_id=user_id))
