from alembic import context

from tagebuch import abbild  # noqa: F401
from tagebuch.schema import meta
from tagebuch.verbindung import maschine

if context.is_offline_mode():
    context.configure(dialect_name="postgresql", target_metadata=meta, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with maschine().connect() as verbindung:
        context.configure(connection=verbindung, target_metadata=meta)
        with context.begin_transaction():
            context.run_migrations()
