import os

from alembic import context
from sqlalchemy import create_engine, pool

from gazette.schema import SCHEMA, Base

URL = os.environ.get("DATABASE_URL", "postgresql+psycopg2://gazette:gazette@localhost/gazette")


def include_name(name, type_, parent_names):
    return name == SCHEMA if type_ == "schema" else True


OPTIONS = dict(target_metadata=Base.metadata, include_schemas=True, include_name=include_name, compare_type=True)

if context.is_offline_mode():
    context.configure(url=URL, literal_binds=True, **OPTIONS)
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(URL, poolclass=pool.NullPool).connect() as connection:
        context.configure(connection=connection, **OPTIONS)
        with context.begin_transaction():
            context.run_migrations()
