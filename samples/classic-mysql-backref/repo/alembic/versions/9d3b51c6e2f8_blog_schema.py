"""blog schema

Revision ID: 9d3b51c6e2f8
Revises: 
Create Date: 2023-11-14 10:22:31.661094

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '9d3b51c6e2f8'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('tbl_tags',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=50), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tbl_tags')),
    sa.UniqueConstraint('name', name=op.f('uq_tbl_tags_name'))
    )
    op.create_table('tbl_users',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('username', sa.String(length=64), nullable=False),
    sa.Column('email', sa.String(length=191), nullable=False),
    sa.Column('password', sa.String(length=128), nullable=False),
    sa.Column('is_admin', sa.Boolean(), nullable=False),
    sa.Column('created', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tbl_users')),
    sa.UniqueConstraint('email', name=op.f('uq_tbl_users_email')),
    sa.UniqueConstraint('username', name=op.f('uq_tbl_users_username'))
    )
    op.create_table('tbl_posts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('created', sa.DateTime(), nullable=False),
    sa.Column('modified', sa.DateTime(), nullable=True),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['tbl_users.id'], name=op.f('fk_tbl_posts_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tbl_posts'))
    )
    op.create_table('tbl_comments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('created', sa.DateTime(), nullable=False),
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['post_id'], ['tbl_posts.id'], name=op.f('fk_tbl_comments_post_id')),
    sa.ForeignKeyConstraint(['user_id'], ['tbl_users.id'], name=op.f('fk_tbl_comments_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tbl_comments'))
    )
    op.create_table('tbl_post_tags',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('tag_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['post_id'], ['tbl_posts.id'], name=op.f('fk_tbl_post_tags_post_id')),
    sa.ForeignKeyConstraint(['tag_id'], ['tbl_tags.id'], name=op.f('fk_tbl_post_tags_tag_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tbl_post_tags'))
    )


def downgrade():
    op.drop_table('tbl_post_tags')
    op.drop_table('tbl_comments')
    op.drop_table('tbl_posts')
    op.drop_table('tbl_users')
    op.drop_table('tbl_tags')
