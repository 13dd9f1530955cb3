# SPDX-License-Identifier: MIT
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
e = sa.create_engine(f"sqlite:///{path}")
with e.begin() as c:
    c.execute(sa.text("create table t(id integer primary key, name varchar(20), old int)"))
    c.execute(sa.text("insert into t values(1, 'a', 5), (2, 'b', 6)"))
with e.begin() as c:
    op = Operations(MigrationContext.configure(c))
    with op.batch_alter_table("t") as batch:
        batch.add_column(sa.Column("extra", sa.String(10), server_default="x", nullable=False))
        batch.drop_column("old")
        batch.alter_column("name", new_column_name="title", existing_type=sa.String(20), nullable=False)
        batch.create_unique_constraint("uq_title", ["title"])
        batch.create_index("ix_extra", ["extra"])
with e.connect() as c:
    show([tuple(row) for row in c.execute(sa.text("select * from t"))])
    show([row[0] for row in c.execute(sa.text("select sql from sqlite_master order by name"))])
