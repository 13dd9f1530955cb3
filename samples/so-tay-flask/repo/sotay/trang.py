"""Các trang."""
from flask import Blueprint, render_template, request
from sqlalchemy import select

from sotay.co_so import db
from sotay.mo_hinh import BaiViet

trang = Blueprint("trang", __name__)


@trang.get("/")
def trang_chu():
    """Bài mới nhất, có phân trang."""
    trang_hien_tai = db.paginate(
        select(BaiViet).order_by(BaiViet.ngay_tao.desc(), BaiViet.id.desc()), page=request.args.get("trang", 1, type=int), per_page=10
    )
    return render_template("danh_sach.html", tieu_de="Mới nhất", bai_viet=trang_hien_tai.items)


@trang.get("/nguoi-dung/<ten_dang_nhap>")
def cua_nguoi_dung(ten_dang_nhap: str):
    return render_template("danh_sach.html", tieu_de=ten_dang_nhap, bai_viet=BaiViet.cua_nguoi_dung(ten_dang_nhap))
