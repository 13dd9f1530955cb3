"""Read queries. SQL where SQL is clearer, the ORM where objects are wanted."""
from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session, joinedload, selectinload

from blogstore.engine import make_engine
from blogstore.models import Comment, Post, User

POSTS_OF_USER = """
SELECT p.id, p.title, p.body, p.created_at,
       (SELECT json_group_array(json_object('id', c.id, 'author', u.handle, 'body', c.body))
          FROM comments AS c JOIN users AS u ON u.id = c.user_id
         WHERE c.post_id = p.id) AS comments
  FROM posts AS p
 WHERE p.user_id = :user_id
 ORDER BY {order}
"""

# the only values that ever get into the statement text
ORDERINGS = {"newest": "p.created_at DESC, p.id DESC", "oldest": "p.created_at, p.id"}


def posts_of_user_json(engine: Engine, user_id: int, order: str = "newest") -> str:
    """All posts of one user with their comments as a JSON document; one statement."""
    statement = text(POSTS_OF_USER.format(order=ORDERINGS[order]))
    with engine.connect() as connection:
        rows = connection.execute(statement, {"user_id": user_id}).mappings()
        return json.dumps([{**row, "comments": json.loads(row["comments"])} for row in rows], default=str)


def stream_posts(session: Session, batch: int = 200) -> Iterator[Post]:
    """Every post with author and comments, eagerly loaded batch by batch, for exports."""
    statement = (
        select(Post)
        .options(joinedload(Post.author), selectinload(Post.comments))
        .order_by(Post.id)
        .execution_options(yield_per=batch)
    )
    yield from session.scalars(statement)


def user_totals(session: Session) -> list[tuple[str, int, int]]:
    """(handle, posts, comments received) per user."""
    return [
        tuple(row)
        for row in session.execute(
            select(User.handle, func.count(Post.id.distinct()), func.count(Comment.id))
            .outerjoin(User.posts)
            .outerjoin(Post.comments)
            .group_by(User.handle)
            .order_by(User.handle)
        )
    ]


if __name__ == "__main__":
    print(posts_of_user_json(make_engine(), int(sys.argv[1])))
