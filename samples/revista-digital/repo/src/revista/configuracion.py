from pydantic_settings import BaseSettings, SettingsConfigDict


class Configuracion(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="REVISTA_", env_file=".env", extra="ignore")

    url_bd: str = "postgresql+asyncpg://revista:revista@localhost:5432/revista"
    eco: bool = False
    tamano_pool: int = 10


configuracion = Configuracion()
