from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from hub.model.base import Base


class Site(Base):
    """A tenant."""

    __tablename__ = "site"

    id: Mapped[int] = mapped_column(primary_key=True)
    host: Mapped[str] = mapped_column(String(253), unique=True)
