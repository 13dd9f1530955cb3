import sqlalchemy as sa

from web.db import tools


class Model:
    metadata = sa.MetaData()

    people = tools.Table(
        "people",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("login", sa.String(80), nullable=False),
    )
    visits = tools.Table(
        "visits",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id")),
    )
