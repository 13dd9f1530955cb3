"""Reading the catalogue."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from school.models import Course, Enrolment


def courses_of_student(session: Session, student_id: int) -> list[Course]:
    """The courses a student is enrolled in, each with its instructor, by code."""
    statement = (
        select(Course)
        .join(Course.enrolments)
        .where(Enrolment.student_id == student_id)
        .options(joinedload(Course.instructor))
        .order_by(Course.code)
    )
    return list(session.scalars(statement))
