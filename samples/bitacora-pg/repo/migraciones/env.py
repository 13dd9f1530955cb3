from alembic import context
from sqlalchemy import create_engine, pool

from bitacora.config import url_base_de_datos
from bitacora.modelos import Base

target_metadata = Base.metadata


def ejecutar_en_linea() -> None:
    motor = create_engine(url_base_de_datos(), poolclass=pool.NullPool)
    with motor.connect() as conexion:
        context.configure(connection=conexion, target_metadata=target_metadata, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()


def ejecutar_sin_conexion() -> None:
    context.configure(url=url_base_de_datos(), target_metadata=target_metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    ejecutar_sin_conexion()
else:
    ejecutar_en_linea()
