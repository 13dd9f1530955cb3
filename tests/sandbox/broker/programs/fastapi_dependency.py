# SPDX-License-Identifier: MIT
try:
    from fastapi import Depends, FastAPI
    from fastapi.testclient import TestClient
except (ImportError, RuntimeError):
    show("no FastAPI here")
else:
    import sqlalchemy as sa
    from sqlalchemy import orm
    e = sa.create_engine(f"sqlite:///{path}", connect_args={"check_same_thread": False})
    make = orm.sessionmaker(bind=e)
    with e.begin() as c:
        c.execute(sa.text("create table t(id integer primary key, x text)"))
    app = FastAPI()
    def get_db():
        db = make()
        try:
            yield db
        finally:
            db.close()
    @app.post("/t/{x}")
    def add(x: str, db=Depends(get_db)):
        db.execute(sa.text("insert into t(x) values(:x)"), {"x": x})
        db.commit()
        return {"count": db.scalar(sa.text("select count(*) from t"))}
    client = TestClient(app)
    show(client.post("/t/a").json(), client.post("/t/b").json())
