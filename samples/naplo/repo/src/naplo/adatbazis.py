import os

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

motor = create_engine(os.getenv("DATABASE_URL", "postgresql+psycopg://naplo:naplo@localhost/naplo"))
Munkamenet = sessionmaker(motor)
