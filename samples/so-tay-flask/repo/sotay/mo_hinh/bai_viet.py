from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Column, ForeignKey, String, Table, Text, func, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DynamicMapped, Mapped, column_property, mapped_column, relationship

from sotay.co_so import CoThoiGian, db

if TYPE_CHECKING:
    from sotay.mo_hinh.nguoi_dung import NguoiDung

bai_viet_the = Table(
    "bai_viet_the",
    db.metadata,
    Column("bai_viet_id", ForeignKey("bai_viet.id", ondelete="CASCADE"), primary_key=True),
    Column("the_id", ForeignKey("the.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class BinhLuan(CoThoiGian, db.Model):
    """Bình luận dưới một bài viết."""

    id: Mapped[int] = mapped_column(primary_key=True)
    bai_viet_id: Mapped[int] = mapped_column(ForeignKey("bai_viet.id", ondelete="CASCADE"), index=True)
    tac_gia_id: Mapped[int] = mapped_column(ForeignKey("nguoi_dung.id", ondelete="CASCADE"), index=True)
    noi_dung: Mapped[str] = mapped_column(Text)

    bai_viet: Mapped[BaiViet] = relationship(back_populates="binh_luan")
    tac_gia: Mapped[NguoiDung] = relationship(back_populates="binh_luan", lazy="joined", innerjoin=True)

    def __repr__(self) -> str:
        return f"<BinhLuan {self.id}>"


class BaiViet(CoThoiGian, db.Model):
    """Một bài trong sổ tay."""

    id: Mapped[int] = mapped_column(primary_key=True)
    tac_gia_id: Mapped[int] = mapped_column(ForeignKey("nguoi_dung.id", ondelete="CASCADE"), index=True)
    tieu_de: Mapped[str] = mapped_column(String(160))
    noi_dung: Mapped[str] = mapped_column(Text)

    tac_gia: Mapped[NguoiDung] = relationship(back_populates="bai_viet", lazy="joined", innerjoin=True)
    binh_luan: Mapped[list[BinhLuan]] = relationship(
        back_populates="bai_viet", cascade="all, delete-orphan", passive_deletes=True, lazy="selectin", order_by=BinhLuan.id
    )
    the: Mapped[list[The]] = relationship(secondary=bai_viet_the, back_populates="bai_viet", lazy="selectin", passive_deletes=True)

    so_binh_luan: Mapped[int] = column_property(
        select(func.count(BinhLuan.id)).where(BinhLuan.bai_viet_id == id).correlate_except(BinhLuan).scalar_subquery()
    )

    @hybrid_property
    def tom_tat(self) -> str:
        return self.noi_dung[:120]

    @tom_tat.inplace.expression
    @classmethod
    def _tom_tat_sql(cls):
        return func.substr(cls.noi_dung, 1, 120)

    @classmethod
    def cua_nguoi_dung(cls, ten_dang_nhap: str) -> Sequence[BaiViet]:
        """Tất cả bài viết của một người dùng, mới nhất trước, kèm bình luận và thẻ."""
        return db.session.scalars(
            select(cls)
            .where(cls.tac_gia.has(ten_dang_nhap=ten_dang_nhap))
            .order_by(cls.ngay_tao.desc(), cls.id.desc())
        ).all()

    def __repr__(self) -> str:
        return f"<BaiViet {self.tieu_de!r}>"


class The(db.Model):
    """Thẻ phân loại."""

    id: Mapped[int] = mapped_column(primary_key=True)
    ten: Mapped[str] = mapped_column(String(40), unique=True)

    bai_viet: DynamicMapped[BaiViet] = relationship(secondary=bai_viet_the, back_populates="the", passive_deletes=True)

    def __repr__(self) -> str:
        return f"<The {self.ten}>"
