# SPDX-License-Identifier: MIT
import sqlalchemy as sa
e = sa.create_engine(f"sqlite:///{path}")
with e.begin() as c:
    c.execute(sa.text("create table parent(id integer not null, code varchar(10) collate nocase, primary key(id), constraint uq unique(code))"))
    c.execute(sa.text("create table child(id integer primary key autoincrement, pid int constraint fk references parent(id) on delete cascade, n numeric(8,2) default 5, d datetime default current_timestamp, constraint positive check (n > 0))"))
    c.execute(sa.text("create index ix on child(pid, n)"))
    c.execute(sa.text("create unique index ux on child(d) where d is not null"))
    c.execute(sa.text("create view v as select id from child"))
i = sa.inspect(e)
show(i.get_table_names(), i.get_view_names(), i.has_table("child"), i.has_table("nope"))
for table in ("parent", "child"):
    for column in i.get_columns(table):
        show(column["name"], repr(column["type"]), column["nullable"], column["default"], column["primary_key"])
    show(i.get_pk_constraint(table), [dict(sorted(f.items(), key=str)) for f in i.get_foreign_keys(table)])
    show([(x["name"], x["column_names"], x["unique"]) for x in i.get_indexes(table)], i.get_unique_constraints(table), i.get_check_constraints(table))
show(i.get_view_definition("v"))
m = sa.MetaData()
m.reflect(e)
show(sorted(m.tables), [c.name for c in m.tables["child"].columns])
