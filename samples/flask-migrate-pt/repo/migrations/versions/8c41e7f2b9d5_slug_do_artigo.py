"""slug do artigo

Revision ID: 8c41e7f2b9d5
Revises: 2f9b6d70c1aa
Create Date: 2024-09-04 22:40:10.118274

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '8c41e7f2b9d5'
down_revision = '2f9b6d70c1aa'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('artigos', schema=None) as batch_op:
        batch_op.add_column(sa.Column('slug', sa.String(length=220), nullable=False))
        batch_op.create_unique_constraint('uq_artigos_slug', ['slug'])


def downgrade():
    with op.batch_alter_table('artigos', schema=None) as batch_op:
        batch_op.drop_constraint('uq_artigos_slug', type_='unique')
        batch_op.drop_column('slug')
