from .comentario import Comentario
from .etiqueta import Etiqueta, articulo_etiqueta
from .articulo import Articulo
from .usuario import Usuario

__all__ = ["Usuario", "Articulo", "Comentario", "Etiqueta", "articulo_etiqueta"]
