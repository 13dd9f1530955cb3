from alembic import context

from gazette.base import engine
from gazette.modeles import Base

with engine.connect() as connexion:
    context.configure(connection=connexion, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
