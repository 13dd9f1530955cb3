import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import StaticPool

from quill.application.digest import author_digest
from quill.infrastructure.orm import AuthorRecord, Record, RemarkRecord, StoryRecord
from quill.infrastructure.uow import SqlUnitOfWork


@pytest.fixture
def factory():
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Record.metadata.create_all(engine)
    factory = sessionmaker(engine)
    with factory.begin() as s:
        ana = AuthorRecord(handle="ana", email="ana@x.org", display_name="Ana")
        bo = AuthorRecord(handle="bo", email="bo@x.org", display_name="Bo")
        for i in range(4):
            story = StoryRecord(headline=f"s{i}", text="t", author=ana)
            story.remarks = [RemarkRecord(text="r", author=bo)]
            s.add(story)
    return factory


def test_digest_is_three_statements(factory):
    seen = []
    event.listen(factory.kw["bind"], "before_cursor_execute", lambda *a: seen.append(a[2]))
    assert len(author_digest(SqlUnitOfWork(factory), 1)) == 4
    assert len(seen) == 3
