import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, clear_mappers

from vereinsblog.anbindung.orm import metadata, start_mappers


@pytest.fixture
def sitzung():
    start_mappers()
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with Session(engine) as s:
        yield s
    clear_mappers()
