from alembic import context
from sqlalchemy import engine_from_config, pool

from almacen.modelos import Base

config = context.config
target_metadata = Base.metadata

motor = engine_from_config(config.get_section(config.config_ini_section, {}), prefix="sqlalchemy.", poolclass=pool.NullPool)
with motor.connect() as conexion:
    context.configure(connection=conexion, target_metadata=target_metadata)
    with context.begin_transaction():
        context.run_migrations()
