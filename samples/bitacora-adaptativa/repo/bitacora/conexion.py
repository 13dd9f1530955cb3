from os import getenv

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

motor = create_engine(getenv("BITACORA_URL", "sqlite:///bitacora.db"))
CrearSesion = sessionmaker(motor)
