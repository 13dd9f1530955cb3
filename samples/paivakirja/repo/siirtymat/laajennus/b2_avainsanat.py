"""avainsanat ja pehmea poisto

Revision ID: b28e41d07fc5
Revises: a1f09c6d2b77
Create Date: 2023-09-18 08:05:09.114472

"""
import sqlalchemy as sa
from alembic import op

revision = "b28e41d07fc5"
down_revision = "a1f09c6d2b77"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "avainsana",
        sa.Column("tunnus", sa.Integer(), nullable=False),
        sa.Column("luotu", sa.DateTime(), nullable=False),
        sa.Column("sana", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("tunnus", name="pk_avainsana"),
        sa.UniqueConstraint("sana", name="uq_avainsana_sana"),
    )
    op.create_table(
        "merkinta_avainsana",
        sa.Column("merkinta_tunnus", sa.Integer(), nullable=False),
        sa.Column("avainsana_tunnus", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("merkinta_tunnus", "avainsana_tunnus", name="pk_merkinta_avainsana"),
        sa.ForeignKeyConstraint(["merkinta_tunnus"], ["merkinta.tunnus"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["avainsana_tunnus"], ["avainsana.tunnus"], ondelete="CASCADE"),
    )
    op.create_index("ix_merkinta_avainsana_avainsana_tunnus", "merkinta_avainsana", ["avainsana_tunnus"])
    for nimi in ("merkinta", "kommentti"):
        with op.batch_alter_table(nimi) as era:
            era.add_column(sa.Column("poistettu", sa.DateTime(), nullable=True))


def downgrade():
    for nimi in ("kommentti", "merkinta"):
        with op.batch_alter_table(nimi) as era:
            era.drop_column("poistettu")
    op.drop_table("merkinta_avainsana")
    op.drop_table("avainsana")
