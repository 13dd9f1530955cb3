# SPDX-License-Identifier: MIT
import os, tempfile
from alembic import command
from alembic.config import Config
import sqlalchemy as sa
with tempfile.TemporaryDirectory() as folder:
    os.makedirs(os.path.join(folder, "versions"))
    with open(os.path.join(folder, "env.py"), "w") as out:
        out.write("""
import sqlalchemy as sa
from alembic import context
engine = sa.create_engine(context.config.get_main_option("sqlalchemy.url"))
with engine.connect() as connection:
    context.configure(connection=connection, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
""")
    for number, before, up, down in ((1, None, "op.create_table('t', sa.Column('id', sa.Integer, primary_key=True))", "op.drop_table('t')"), (2, 1, "op.add_column('t', sa.Column('x', sa.String))", "op.execute('alter table t drop column x')")):
        with open(os.path.join(folder, "versions", f"{number}.py"), "w") as out:
            out.write(f"import sqlalchemy as sa\nfrom alembic import op\nrevision = '{number}'\ndown_revision = {repr(str(before)) if before else None}\ndef upgrade():\n    {up}\ndef downgrade():\n    {down}\n")
    config = Config()
    config.set_main_option("script_location", folder)
    config.set_main_option("sqlalchemy.url", f"sqlite:///{path}")
    e = sa.create_engine(f"sqlite:///{path}")
    for target in ("upgrade head", "downgrade -1", "upgrade head", "downgrade base"):
        action, where = target.split()
        getattr(command, action)(config, where)
        with e.connect() as c:
            show(target, [row[0] for row in c.execute(sa.text("select sql from sqlite_master where sql is not null order by name"))], [tuple(r) for r in c.execute(sa.text("select * from alembic_version"))])
