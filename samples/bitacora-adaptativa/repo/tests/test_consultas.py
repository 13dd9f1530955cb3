from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session

from bitacora.consultas import entradas_recientes
from bitacora.modelos import Base, Entrada, Escritor, Opinion


def test_numero_de_consultas():
    motor = create_engine("sqlite://")
    Base.metadata.create_all(motor)
    with Session(motor) as s:
        e = Escritor(correo="a@b.pe", firma="A")
        s.add_all([Entrada(titulo=str(i), contenido="", escritor=e, opiniones=[Opinion(texto="x", escritor=e)]) for i in range(6)])
        s.commit()
    vistas = []
    event.listen(motor, "before_cursor_execute", lambda *a: vistas.append(a[2]))
    with Session(motor) as s:
        assert sum(len(x.opiniones) for x in entradas_recientes(s)) == 6
    assert len(vistas) <= 5
