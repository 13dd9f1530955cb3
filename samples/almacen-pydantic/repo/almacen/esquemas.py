"""Esquemas de salida."""
import uuid
from typing import Any, List

from pydantic import BaseModel, ConfigDict, model_validator


class ComentarioSalida(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    texto: str


class ArticuloSalida(BaseModel):
    id: uuid.UUID
    titulo: str
    contenido: str
    comentarios: List[ComentarioSalida]
    etiquetas: List[str]

    model_config = ConfigDict(from_attributes=True)

    @model_validator(mode="before")
    @classmethod
    def aplanar(cls, dato: Any) -> Any:
        """Las etiquetas salen como lista de nombres."""
        if isinstance(dato, dict):
            return dato
        return {
            "id": dato.id,
            "titulo": dato.titulo,
            "contenido": dato.contenido,
            "comentarios": dato.comentarios,
            "etiquetas": [e.nombre for e in dato.etiquetas],
        }


class EtiquetaSalida(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    nombre: str
