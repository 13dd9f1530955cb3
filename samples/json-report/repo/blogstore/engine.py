import os

from sqlalchemy import Engine, create_engine, event


def make_engine() -> Engine:
    """New engine; foreign keys are enforced on SQLite too."""
    engine = create_engine(os.environ.get("BLOGSTORE_URL", "sqlite:///blogstore.db"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda con, _: con.execute("PRAGMA foreign_keys=ON"))
    return engine
