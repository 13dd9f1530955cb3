import os

from sqlalchemy import create_engine, event
from sqlalchemy.orm import sessionmaker

engine = create_engine(os.environ.get("REDAKTION_DB", "sqlite:///redaktion.db"))
Sitzung = sessionmaker(engine)


@event.listens_for(engine, "connect")
def fremdschluessel_einschalten(dbapi_con, _):
    if engine.dialect.name == "sqlite":
        dbapi_con.execute("PRAGMA foreign_keys=ON")
