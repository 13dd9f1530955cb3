from alembic import context
from sqlalchemy import create_engine

from zapisnik.databaze import adresa
from zapisnik.model import Zaklad

if context.is_offline_mode():
    context.configure(url=adresa(), target_metadata=Zaklad.metadata, literal_binds=True, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(adresa()).connect() as spojeni:
        context.configure(connection=spojeni, target_metadata=Zaklad.metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
