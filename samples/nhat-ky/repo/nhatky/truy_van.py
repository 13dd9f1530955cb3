"""Cac truy van doc du lieu."""
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from nhatky.mo_hinh import BaiViet


def bai_viet_cua_nguoi_dung(phien: Session, nguoi_dung_id: int) -> Sequence[BaiViet]:
    """Tat ca bai viet cua mot nguoi dung, kem binh luan."""
    return (
        phien.scalars(
            select(BaiViet)
            .join(BaiViet.binh_luan)
            .options(contains_eager(BaiViet.binh_luan))
            .where(BaiViet.tac_gia_id == nguoi_dung_id)
            .order_by(BaiViet.tao_luc.desc())
        )
        .unique()
        .all()
    )


def trang_chu(phien: Session, so_luong: int = 20) -> Sequence[BaiViet]:
    """Bai viet moi nhat kem tac gia, the, binh luan va nguoi binh luan, tranh N+1."""
    return phien.scalars(
        select(BaiViet)
        .options(
            joinedload(BaiViet.tac_gia),
            selectinload(BaiViet.the),
            selectinload(BaiViet.binh_luan),
        )
        .order_by(BaiViet.tao_luc.desc())
        .limit(so_luong)
    ).all()
