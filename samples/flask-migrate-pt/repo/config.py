import os

BASE_DIR = os.path.abspath(os.path.dirname(__file__))


class Config:
    SECRET_KEY = os.environ.get("SECRET_KEY", "troque-isto")
    SQLALCHEMY_TRACK_MODIFICATIONS = False


class ConfigDesenvolvimento(Config):
    DEBUG = True
    SQLALCHEMY_DATABASE_URI = "sqlite:///" + os.path.join(BASE_DIR, "blog-dev.db")


class ConfigTeste(Config):
    TESTING = True
    SQLALCHEMY_DATABASE_URI = "sqlite://"


class ConfigProducao(Config):
    SQLALCHEMY_DATABASE_URI = "sqlite:///" + os.path.join(BASE_DIR, "blog.db")


configuracoes = {
    "desenvolvimento": ConfigDesenvolvimento,
    "teste": ConfigTeste,
    "producao": ConfigProducao,
    "default": ConfigDesenvolvimento,
}
