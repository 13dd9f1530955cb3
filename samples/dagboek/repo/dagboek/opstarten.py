import os

from sqlalchemy import Engine, create_engine, event

from dagboek.managers import sessie


def verbinden(url: str | None = None) -> Engine:
    """Maakt de engine en koppelt er de sessies aan."""
    engine = create_engine(url or os.environ.get("DAGBOEK_URL", "sqlite:///dagboek.db"))
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _fk(verbinding, _):
            verbinding.execute("PRAGMA foreign_keys=ON")

    sessie.remove()
    sessie.configure(bind=engine)
    return engine
