from app.models import Common


class Documented(Common):
    __tablename__ = "documented"
