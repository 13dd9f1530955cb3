from sotay.mo_hinh.bai_viet import BaiViet, BinhLuan, The, bai_viet_the
from sotay.mo_hinh.nguoi_dung import NguoiDung

__all__ = ["NguoiDung", "BaiViet", "BinhLuan", "The", "bai_viet_the"]
