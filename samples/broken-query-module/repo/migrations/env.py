from logging.config import fileConfig

from alembic import context

from club import models  # noqa: F401
from club.database import DATABASE_URL, Base, engine

fileConfig(context.config.config_file_name)

if context.is_offline_mode():
    context.configure(url=DATABASE_URL, target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata)
        with context.begin_transaction():
            context.run_migrations()
