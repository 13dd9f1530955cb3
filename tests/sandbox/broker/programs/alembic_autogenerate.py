# SPDX-License-Identifier: MIT
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
e = sa.create_engine(f"sqlite:///{path}")
with e.begin() as c:
    c.execute(sa.text("create table keep(id integer primary key, name varchar(20))"))
    c.execute(sa.text("create table gone(id integer primary key)"))
m = sa.MetaData()
sa.Table("keep", m, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(30), index=True), sa.Column("more", sa.Text))
sa.Table("fresh", m, sa.Column("id", sa.Integer, primary_key=True), sa.Column("keep_id", sa.ForeignKey("keep.id")))
with e.connect() as c:
    differences = compare_metadata(MigrationContext.configure(c, opts={"compare_type": True}), m)
    show([str(d[0] if isinstance(d, tuple) else [p[0] for p in d]) for d in differences])
