"""Students enrol in courses; instructors teach them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, MetaData, Numeric, String, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {getattr(self, 'id', '?')}>"


class Student(Base):
    """Somebody who can enrol."""

    __tablename__ = "students"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    enrolments: Mapped[list["Enrolment"]] = relationship(
        back_populates="student", cascade="all, delete-orphan", passive_deletes=True
    )


class Instructor(Base):
    """Somebody who teaches."""

    __tablename__ = "instructors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    courses: Mapped[list["Course"]] = relationship(back_populates="instructor")


class Course(Base):
    """What is taught."""

    __tablename__ = "courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    instructor_id: Mapped[int] = mapped_column(ForeignKey("instructors.id", ondelete="RESTRICT"), index=True)
    instructor: Mapped[Instructor] = relationship(back_populates="courses")
    enrolments: Mapped[list["Enrolment"]] = relationship(
        back_populates="course", cascade="all, delete-orphan", passive_deletes=True
    )


class Enrolment(Base):
    """A student in a course, with the grade once there is one."""

    __tablename__ = "enrolments"
    __table_args__ = (CheckConstraint("grade BETWEEN 1.0 AND 5.0", name="grade_scale"),)

    student_id: Mapped[int] = mapped_column(ForeignKey("students.id", ondelete="CASCADE"), primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True, index=True)
    grade: Mapped[float | None] = mapped_column(Numeric(2, 1))
    enrolled_at: Mapped[datetime] = mapped_column(server_default=func.now())
    student: Mapped[Student] = relationship(back_populates="enrolments")
    course: Mapped[Course] = relationship(back_populates="enrolments")
