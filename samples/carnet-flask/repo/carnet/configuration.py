import os


class Base:
    SECRET_KEY = os.environ.get("SECRET_KEY", "dev")
    SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL", "sqlite:///carnet.db")
    JSON_SORT_KEYS = False


class Developpement(Base):
    DEBUG = True


class Test(Base):
    TESTING = True
    SQLALCHEMY_DATABASE_URI = "sqlite://"


configurations = {"developpement": Developpement, "test": Test, "production": Base}
