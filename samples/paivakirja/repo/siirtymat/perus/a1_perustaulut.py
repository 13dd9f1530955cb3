"""kayttajat, merkinnat ja kommentit

Revision ID: a1f09c6d2b77
Revises:
Create Date: 2023-03-06 12:31:44.820519

"""
import sqlalchemy as sa
from alembic import op

revision = "a1f09c6d2b77"
down_revision = None
branch_labels = None
depends_on = None


def perussarakkeet():
    return (
        sa.Column("tunnus", sa.Integer(), nullable=False),
        sa.Column("luotu", sa.DateTime(), nullable=False),
    )


def viittaus(sarake, taulu):
    return sa.Column(sarake, sa.Integer(), nullable=False), sa.ForeignKeyConstraint(
        [sarake], [taulu + ".tunnus"], ondelete="CASCADE"
    )


def taulu(nimi, *osat):
    op.create_table(nimi, *perussarakkeet(), *osat, sa.PrimaryKeyConstraint("tunnus", name="pk_" + nimi))


def upgrade():
    taulu(
        "kayttaja",
        sa.Column("nimimerkki", sa.String(40), nullable=False),
        sa.Column("sahkoposti", sa.String(254), nullable=False),
        sa.UniqueConstraint("sahkoposti", name="uq_kayttaja_sahkoposti"),
    )
    op.create_index("ix_kayttaja_nimimerkki", "kayttaja", ["nimimerkki"], unique=True)
    taulu(
        "merkinta",
        *viittaus("kayttaja_tunnus", "kayttaja"),
        sa.Column("otsikko", sa.String(200), nullable=False),
        sa.Column("teksti", sa.Text(), nullable=False),
    )
    taulu(
        "kommentti",
        *viittaus("kayttaja_tunnus", "kayttaja"),
        *viittaus("merkinta_tunnus", "merkinta"),
        sa.Column("teksti", sa.Text(), nullable=False),
    )
    for nimi, sarake in (("merkinta", "kayttaja_tunnus"), ("kommentti", "kayttaja_tunnus"), ("kommentti", "merkinta_tunnus")):
        op.create_index("ix_%s_%s" % (nimi, sarake), nimi, [sarake])


def downgrade():
    for nimi in ("kommentti", "merkinta", "kayttaja"):
        op.drop_table(nimi)
