from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import DynamicMapped, Mapped, mapped_column, relationship, validates
from werkzeug.security import check_password_hash, generate_password_hash

from sotay.co_so import CoThoiGian, db

if TYPE_CHECKING:
    from sotay.mo_hinh.bai_viet import BaiViet, BinhLuan


class NguoiDung(CoThoiGian, db.Model):
    """Người viết bài và bình luận."""

    id: Mapped[int] = mapped_column(primary_key=True)
    ten_dang_nhap: Mapped[str] = mapped_column(String(32), unique=True)
    email: Mapped[str] = mapped_column(String(128), unique=True)
    mat_khau_hash: Mapped[str] = mapped_column(String(255))

    # rất nhiều bài: không bao giờ nạp hết
    bai_viet: DynamicMapped[BaiViet] = relationship(back_populates="tac_gia", cascade="all, delete-orphan", passive_deletes=True)
    binh_luan: DynamicMapped[BinhLuan] = relationship(back_populates="tac_gia", cascade="all, delete-orphan", passive_deletes=True)

    @validates("email")
    def _chu_thuong(self, _khoa: str, gia_tri: str) -> str:
        return gia_tri.lower()

    def dat_mat_khau(self, mat_khau: str) -> None:
        self.mat_khau_hash = generate_password_hash(mat_khau)

    def dung_mat_khau(self, mat_khau: str) -> bool:
        return check_password_hash(self.mat_khau_hash, mat_khau)

    def __repr__(self) -> str:
        return f"<NguoiDung {self.ten_dang_nhap}>"
