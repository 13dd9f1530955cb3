from alembic import context
from flask import current_app

co_so = current_app.extensions["migrate"].db

with co_so.engine.connect() as ket_noi:
    context.configure(
        connection=ket_noi,
        target_metadata=co_so.metadata,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
