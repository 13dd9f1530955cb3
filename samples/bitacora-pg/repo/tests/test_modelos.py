"""Sin base de datos: solo el mapeo."""
from sqlalchemy.orm import configure_mappers

from bitacora.modelos import Comentario, Publicacion, Usuario


def test_mapeo():
    configure_mappers()


def test_dos_lados():
    ana = Usuario(alias="ana", correo="ana@example.org")
    p = Publicacion(titulo="Hola", cuerpo="...", autor=ana)
    c = Comentario(texto="Bien", autor=ana)
    p.comentarios.append(c)
    assert c.publicacion is p
