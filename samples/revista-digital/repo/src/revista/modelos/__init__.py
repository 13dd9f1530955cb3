from revista.modelos.base import Base
from revista.modelos.comentario import Comentario
from revista.modelos.etiqueta import Etiqueta, publicacion_etiqueta
from revista.modelos.publicacion import EstadoPublicacion, Publicacion
from revista.modelos.usuario import Usuario

__all__ = ["Base", "Comentario", "EstadoPublicacion", "Etiqueta", "Publicacion", "Usuario", "publicacion_etiqueta"]
