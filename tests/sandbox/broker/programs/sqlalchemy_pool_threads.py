# SPDX-License-Identifier: MIT
import threading
import sqlalchemy as sa
from sqlalchemy import orm
e = sa.create_engine(f"sqlite:///{path}", connect_args={"check_same_thread": False, "timeout": 20})
with e.begin() as c:
    c.execute(sa.text("create table t(x)"))
Session = orm.scoped_session(orm.sessionmaker(e))
failed = []
def work(n):
    try:
        for m in range(10):
            Session.execute(sa.text("insert into t values(:x)"), {"x": n * 10 + m})
            Session.commit()
    except Exception as error:
        failed.append(repr(error))
    Session.remove()
threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
with e.connect() as c:
    show(failed, tuple(c.execute(sa.text("select count(*), sum(x) from t")).one()))
