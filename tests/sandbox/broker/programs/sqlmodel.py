# SPDX-License-Identifier: MIT
try:
    from sqlmodel import Field, Session, SQLModel, create_engine, select
except ImportError:
    show("no SQLModel here")
else:
    class Hero(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        name: str = Field(index=True, unique=True)
        age: int | None = None
    e = create_engine(f"sqlite:///{path}")
    SQLModel.metadata.create_all(e, tables=[Hero.__table__])
    with Session(e) as s:
        s.add_all([Hero(name="a"), Hero(name="b", age=3)])
        s.commit()
        show([hero.model_dump() for hero in s.exec(select(Hero).order_by(Hero.id)).all()])
        s.add(Hero(name="a"))
        try:
            s.commit()
        except Exception as error:
            show(type(error), str(error.orig))
