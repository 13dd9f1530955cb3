from flask import Flask, jsonify, render_template

from nhatky.csdl import PhienLamViec
from nhatky.truy_van import bai_viet_cua_nguoi_dung, trang_chu


def tao_ung_dung() -> Flask:
    app = Flask(__name__)

    @app.get("/")
    def index():
        with PhienLamViec() as phien:
            return render_template("trang_chu.html", bai_viet=trang_chu(phien, 100))

    @app.get("/nguoi-dung/<int:nguoi_dung_id>")
    def nguoi_dung(nguoi_dung_id: int):
        with PhienLamViec() as phien:
            return jsonify(
                [
                    {"tieu_de": bv.tieu_de, "binh_luan": [bl.noi_dung for bl in bv.binh_luan]}
                    for bv in bai_viet_cua_nguoi_dung(phien, nguoi_dung_id)
                ]
            )

    return app
