import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session

from stories.models import Base, Response, Story, Writer
from stories.repository import StoryRepository


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        ada = Writer(handle="ada", email="ada@example.com")
        story = Story(title="One", body="...", writer=ada)
        story.responses = [Response(body="a", writer=ada), Response(body="b", writer=ada)]
        session.add(story)
        session.commit()
        yield session


def test_one_statement(session):
    session.expunge_all()
    seen = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *a: seen.append(a[2]))
    stories = StoryRepository(session).front_page()
    assert [len(s.responses) for s in stories] == [2]
    assert len(seen) == 1
