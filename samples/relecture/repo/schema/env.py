import os
from logging.config import fileConfig

from alembic import context
from sqlalchemy import create_engine

from relecture.modeles import Base

fileConfig(context.config.config_file_name)


def executer():
    moteur = create_engine(os.environ["DATABASE_URL"])
    with moteur.connect() as connexion:
        context.configure(connection=connexion, target_metadata=Base.metadata, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    context.configure(url=os.environ["DATABASE_URL"], target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    executer()
