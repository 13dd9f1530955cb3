import pytest
from sqlalchemy import create_engine

from journal.engine import make_session_factory
from journal.models import Account, Entry, Keyword, Model, Response
from journal.queries import entries_by_login, entries_of, timeline


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    Model.metadata.create_all(engine)
    with make_session_factory(engine)() as session:
        ana = Account(login="ana", email="ana@example.org")
        session.add(ana)
        entry = Entry(title="t", text="x", account=ana, keywords={Keyword(word="sql")})
        entry.responses.append(Response(text="hi", account=ana))
        session.add(entry)
        session.commit()
        session.expunge_all()
        yield session


def test_all_three_agree(session):
    ana = session.get(Account, 1)
    assert [e.id for e in entries_of(session, ana)] == [1]
    assert [r.text for r in entries_by_login(session, "ana")[0].responses] == ["hi"]
    assert timeline(session)[0].account.login == "ana"
