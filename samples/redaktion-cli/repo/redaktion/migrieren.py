"""Alembic ohne alembic.ini."""
from pathlib import Path

from alembic import command
from alembic.config import Config

from redaktion.datenbank import engine


def konfiguration() -> Config:
    cfg = Config()
    cfg.set_main_option("script_location", str(Path(__file__).parent / "migrationen"))
    return cfg


def hochziehen(ziel: str = "head") -> None:
    cfg = konfiguration()
    with engine.begin() as verbindung:
        cfg.attributes["connection"] = verbindung
        command.upgrade(cfg, ziel)


def zurueck(ziel: str = "base") -> None:
    cfg = konfiguration()
    with engine.begin() as verbindung:
        cfg.attributes["connection"] = verbindung
        command.downgrade(cfg, ziel)
