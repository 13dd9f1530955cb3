import uuid
from datetime import datetime
from typing import Annotated

from sqlalchemy import DateTime, MetaData, String, Uuid, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

texto_corto = Annotated[str, mapped_column(String(120))]
clave = Annotated[uuid.UUID, mapped_column(Uuid, primary_key=True, default=uuid.uuid4)]

CONVENCION = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Base(DeclarativeBase):
    """Raíz declarativa: convención de nombres y tipos comunes."""

    metadata = MetaData(naming_convention=CONVENCION)
    type_annotation_map = {datetime: DateTime(timezone=True)}

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


class ConFechas:
    """Fecha de alta y de última modificación."""

    creado_en: Mapped[datetime] = mapped_column(server_default=func.now())
    modificado_en: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())
