from sqlalchemy import text
from sqlalchemy.orm import joinedload

from base import session
from modelos import Publicacion


def publicaciones_de_usuario(usuario_id):
    return session.query(Publicacion).filter(Publicacion.usuario_id == usuario_id).limit(10).all()


def publicaciones_con_comentarios():
    return session.query(Publicacion).options(joinedload(Publicacion.comentarios)).all()


def buscar(palabra):
    sql = text(f"SELECT id, titulo FROM publicaciones WHERE titulo LIKE '%{palabra}%'")
    return session.execute(sql).fetchall()
