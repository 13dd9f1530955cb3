"""Students, instructors, courses, enrolments

Revision ID: 4c1d2f7a9b30
Revises:
Create Date: 2024-03-11 09:12:44
"""

import sqlalchemy as sa
from alembic import op

revision = "4c1d2f7a9b30"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "students",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.UniqueConstraint("email", name="uq_students_email"),
    )
    op.create_table(
        "instructors",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(120), nullable=False),
    )
    op.create_table(
        "courses",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("instructor_id", sa.Integer(), sa.ForeignKey("instructors.id", ondelete="RESTRICT"), nullable=False),
        sa.UniqueConstraint("code", name="uq_courses_code"),
    )
    op.create_index("ix_courses_instructor_id", "courses", ["instructor_id"])
    op.create_table(
        "enrolments",
        sa.Column("student_id", sa.Integer(), sa.ForeignKey("students.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("course_id", sa.Integer(), sa.ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("grade", sa.Numeric(2, 1), nullable=True),
        sa.Column("enrolled_at", sa.DateTime(), server_default=sa.func.now(), nullable=False),
        sa.CheckConstraint("grade BETWEEN 1.0 AND 5.0", name="ck_enrolments_grade_scale"),
    )
    op.create_index("ix_enrolments_course_id", "enrolments", ["course_id"])


def downgrade() -> None:
    op.drop_table("enrolments")
    op.drop_table("courses")
    op.drop_table("instructors")
    op.drop_table("students")
