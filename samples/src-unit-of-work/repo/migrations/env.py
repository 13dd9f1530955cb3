import os
from logging.config import fileConfig

from alembic import context
from sqlalchemy import create_engine, pool

from quill.infrastructure.orm import Record

if context.config.config_file_name:
    fileConfig(context.config.config_file_name, disable_existing_loggers=False)

DSN = os.environ["QUILL_DSN"]

if context.is_offline_mode():
    context.configure(url=DSN, target_metadata=Record.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    engine = create_engine(DSN, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Record.metadata)
        with context.begin_transaction():
            context.run_migrations()
