from alembic import context

from journal.engine import make_engine
from journal.models import Model


def run(**kwargs) -> None:
    context.configure(target_metadata=Model.metadata, render_as_batch=True, **kwargs)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    run(url="sqlite:///journal.db", literal_binds=True)
else:
    with make_engine().connect() as connection:
        run(connection=connection)
