"""Cơ sở dữ liệu."""
from __future__ import annotations

from datetime import datetime, timezone

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class CoSo(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=CoSo)
di_tru = Migrate()


def bay_gio() -> datetime:
    return datetime.now(timezone.utc)


class CoThoiGian:
    """Ngày tạo và ngày sửa."""

    ngay_tao: Mapped[datetime] = mapped_column(default=bay_gio)
    ngay_sua: Mapped[datetime] = mapped_column(default=bay_gio, onupdate=bay_gio)


@event.listens_for(Engine, "connect")
def _bat_khoa_ngoai(ket_noi, _ban_ghi):
    if "sqlite3" in type(ket_noi).__module__:
        ket_noi.execute("PRAGMA foreign_keys=ON")
