"""Mo hinh du lieu: nguoi dung, bai viet, binh luan, the."""
from __future__ import annotations

from datetime import datetime
from typing import Optional

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, String, Table, Text, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nhatky.csdl import CoSo

bai_viet_the = Table(
    "bai_viet_the",
    CoSo.metadata,
    Column("bai_viet_id", ForeignKey("bai_viet.id", ondelete="CASCADE"), primary_key=True),
    Column("the_id", ForeignKey("the.id", ondelete="CASCADE"), primary_key=True),
)


class NguoiDung(CoSo):
    """Nguoi dung."""

    __tablename__ = "nguoi_dung"

    id: Mapped[int] = mapped_column(primary_key=True)
    ten_dang_nhap: Mapped[str] = mapped_column(String(40), unique=True)
    email: Mapped[str] = mapped_column(String(200), unique=True)
    mat_khau_hash: Mapped[str] = mapped_column(String(200))
    kich_hoat: Mapped[bool] = mapped_column(Boolean, default=True)

    bai_viet: Mapped[list[BaiViet]] = relationship(back_populates="tac_gia")
    binh_luan: Mapped[list[BinhLuan]] = relationship(back_populates="tac_gia")


class BaiViet(CoSo):
    """Bai viet."""

    __tablename__ = "bai_viet"

    id: Mapped[int] = mapped_column(primary_key=True)
    tac_gia_id: Mapped[int] = mapped_column(ForeignKey("nguoi_dung.id", ondelete="CASCADE"), index=True)
    tieu_de: Mapped[str] = mapped_column(String(200))
    duong_dan: Mapped[str] = mapped_column(String(200), unique=True)
    noi_dung: Mapped[str] = mapped_column(Text)
    tao_luc: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    tac_gia: Mapped[NguoiDung] = relationship(back_populates="bai_viet")
    binh_luan: Mapped[list[BinhLuan]] = relationship(back_populates="bai_viet")
    the: Mapped[list[The]] = relationship(secondary=bai_viet_the, back_populates="bai_viet")


class BinhLuan(CoSo):
    """Binh luan cho mot bai viet."""

    __tablename__ = "binh_luan"

    id: Mapped[int] = mapped_column(primary_key=True)
    bai_viet_id: Mapped[int] = mapped_column(ForeignKey("bai_viet.id", ondelete="CASCADE"))
    tac_gia_id: Mapped[int] = mapped_column(ForeignKey("nguoi_dung.id", ondelete="CASCADE"))
    noi_dung: Mapped[str] = mapped_column(Text)
    tao_luc: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    bai_viet: Mapped[BaiViet] = relationship(back_populates="binh_luan")
    tac_gia: Mapped[NguoiDung] = relationship(back_populates="binh_luan")


class The(CoSo):
    """The (tag)."""

    __tablename__ = "the"

    id: Mapped[int] = mapped_column(primary_key=True)
    ten: Mapped[Optional[str]] = mapped_column(String(40), unique=True)

    bai_viet: Mapped[list[BaiViet]] = relationship(secondary=bai_viet_the, back_populates="the")
