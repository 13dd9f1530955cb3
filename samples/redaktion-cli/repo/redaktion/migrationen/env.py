from alembic import context

from redaktion.datenbank import engine
from redaktion.schema import metadata

config = context.config
target_metadata = metadata


def ausfuehren(connection) -> None:
    context.configure(connection=connection, target_metadata=target_metadata)
    with context.begin_transaction():
        context.run_migrations()


verbindung = config.attributes.get("connection")
if verbindung is not None:
    ausfuehren(verbindung)
else:
    with engine.connect() as neue:
        ausfuehren(neue)
