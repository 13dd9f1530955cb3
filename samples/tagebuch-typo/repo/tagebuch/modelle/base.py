from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class ZeitMixin:
    erstellt_am: Mapped[datetime] = mapped_column(server_default=func.now())
