"""A little data to play with."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy.orm import Session  # noqa: E402

from blogstore.engine import make_engine  # noqa: E402
from blogstore.models import Comment, Post, Tag, User  # noqa: E402


def main() -> None:
    with Session(make_engine()) as session, session.begin():
        ada = User(handle="ada", email="ada@example.org")
        bob = User(handle="bob", email="bob@example.org")
        sql = Tag(label="sql")
        for n in range(3):
            post = Post(title=f"Post {n}", body="...", author=ada, tags=[sql])
            post.comments = [Comment(body=f"comment {k}", author=bob) for k in range(n)]
            session.add(post)


if __name__ == "__main__":
    main()
