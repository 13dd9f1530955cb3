import os
from logging.config import fileConfig

from alembic import context
from sqlalchemy import create_engine, pool

from vereinsblog.anbindung.orm import metadata

fileConfig(context.config.config_file_name)
url = os.environ.get("DATENBANK_URL", "postgresql+psycopg://blog:blog@localhost/vereinsblog")


def online() -> None:
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as verbindung:
        context.configure(connection=verbindung, target_metadata=metadata)
        with context.begin_transaction():
            context.run_migrations()


def offline() -> None:
    context.configure(url=url, target_metadata=metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


offline() if context.is_offline_mode() else online()
