import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from savanna.accounts.models import Profile, User
from savanna.content.models import Article, Comment, Tag
from savanna.content.queries import articles_by_username
from savanna.db import Entity


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    Entity.metadata.create_all(engine)
    with engine.connect() as connection, connection.begin() as outer:
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield session
        outer.rollback()


def test_articles(session):
    user = User(username="wanjiru", email="w@example.ke", password="x", profile=Profile(display_name="Wanjiru"))
    article = Article(headline="Rain", body="-", author=user.profile, tags=[Tag(label="weather")])
    article.comments.append(Comment(message="finally", author=user.profile))
    session.add_all([user, article])
    session.commit()
    (found,) = articles_by_username(session, "wanjiru")
    assert found.comment_count == 1
    assert user.articles == [article]
