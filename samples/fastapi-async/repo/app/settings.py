from functools import lru_cache

from pydantic import PostgresDsn
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    database_url: PostgresDsn
    db_pool_size: int = 10
    db_echo: bool = False


@lru_cache
def get_settings() -> Settings:
    return Settings()
