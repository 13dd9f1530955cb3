from alembic import context

from press import bases, content, labels, people  # noqa: F401
from press.session import make_engine


def include(obj, name, type_, reflected, compare_to):
    return not (type_ == "table" and reflected and name.startswith("tmp_"))


with make_engine().connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=[bases.Base.metadata],
        include_object=include,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
