import sqlalchemy as sa

metadata = sa.MetaData(schema="blog")

AUDIT = [sa.Column("created_at", sa.DateTime, server_default=sa.func.now()), sa.Column("note", sa.Text)]


def link(left, right):
    return sa.Table(
        f"{left}_{right}",
        metadata,
        sa.Column(f"{left}_id", sa.ForeignKey(f"{left}.id", ondelete="CASCADE"), primary_key=True),
        sa.Column(f"{right}_id", sa.ForeignKey(f"{right}.id"), primary_key=True),
    )


post = sa.Table("post", metadata, sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True), *AUDIT)
tag = sa.Table(
    "tag",
    metadata,
    sa.Column("id", sa.Integer, sa.Sequence("tag_id_seq")),
    sa.Column("name", sa.String(30)),
    sa.Column("size", sa.Integer, sa.Computed("length(name)")),
    sa.PrimaryKeyConstraint("id", name="pk_tag"),
    sa.UniqueConstraint("name"),
    sa.CheckConstraint("name <> ''", name="ck_name"),
    sa.Index("ix_tag_name", "name"),
)
post_tag = link("post", "tag")
tag_tag = sa.Table("other", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), autoload_with=None)
