from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import configure_mappers
from sqlalchemy.schema import CreateTable

from revista.modelos import Base


def test_los_mapeos_se_configuran():
    configure_mappers()


def test_el_esquema_compila_para_postgresql():
    ddl = [str(CreateTable(t).compile(dialect=postgresql.dialect())) for t in Base.metadata.sorted_tables]
    assert len(ddl) == 5
    assert any("JSONB" in x for x in ddl)
