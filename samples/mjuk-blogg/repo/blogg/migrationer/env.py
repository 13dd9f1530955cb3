from alembic import context

from blogg.db import motor
from blogg.modeller import Modell

with motor.connect() as anslutning:
    context.configure(connection=anslutning, target_metadata=Modell.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
