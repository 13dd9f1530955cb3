import os

from alembic import context
from sqlalchemy import create_engine

target_metadata = None  # hand-written SQL, no autogenerate

with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
    context.configure(connection=connection, target_metadata=target_metadata)
    with context.begin_transaction():
        context.run_migrations()
