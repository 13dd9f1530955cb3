import os

from alembic import context
from sqlalchemy import create_engine

config = context.config
target_metadata = None


def run_migrations():
    engine = create_engine(os.environ.get("DATABASE_URL") or config.get_main_option("sqlalchemy.url"))
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=target_metadata)
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
