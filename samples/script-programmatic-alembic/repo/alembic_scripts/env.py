import sys
from pathlib import Path

from alembic import context

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from blog import Base, engine  # noqa: E402

with engine.connect() as conexion:
    context.configure(connection=conexion, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
