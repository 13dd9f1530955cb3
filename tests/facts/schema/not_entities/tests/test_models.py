from app.models import Common


class Fake(Common):
    __tablename__ = "fake"
