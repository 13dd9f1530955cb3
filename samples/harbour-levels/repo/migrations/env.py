from alembic import context
from sqlalchemy import create_engine

from harbour.comments import CommentBase
from harbour.core import Base

config = context.config
target_metadata = [Base.metadata, CommentBase.metadata]

engine = create_engine(config.get_main_option("sqlalchemy.url"))
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=target_metadata)
    with context.begin_transaction():
        context.run_migrations()
