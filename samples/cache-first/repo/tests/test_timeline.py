import os

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session

from cachefirst.models import Base, Comment, Post, User
from cachefirst.timeline import posts_by_user


@pytest.fixture()
def session():
    engine = create_engine(os.environ.get("TEST_DATABASE_URL", "sqlite://"))
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    Base.metadata.drop_all(engine)


def test_second_read_is_free(session):
    user = User(email="a@x.org", display_name="A")
    session.add(user)
    session.flush()
    for i in range(100):
        post = Post(title=str(i), body="...", author=user)
        post.comments = [Comment(body="hi", author_id=user.id)]
        session.add(post)
    session.commit()

    log = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *a: log.append(a[2]))
    first = posts_by_user(session, 1)
    cold = len(log)
    second = posts_by_user(session, 1)
    assert cold == 2
    assert len(log) == cold
    assert first == second and len(second) == 100
