from sqlalchemy import Column, ForeignKey, Integer, String, Table, create_engine
from sqlalchemy.orm import declarative_base, relationship, sessionmaker

engine = create_engine("sqlite:///school.db")
Session = sessionmaker(bind=engine)
Base = declarative_base()

student_course = Table(
    "student_course",
    Base.metadata,
    Column("student_id", Integer, ForeignKey("student.id"), primary_key=True),
    Column("course_id", Integer, ForeignKey("course.id"), primary_key=True),
)


class Student(Base):
    __tablename__ = "student"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    email = Column(String, index=True)
    courses = relationship("Course", secondary=student_course, backref="students")


class Course(Base):
    __tablename__ = "course"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    teacher = Column(String)


def all_courses(session, student):
    return session.query(Course).all()


if __name__ == "__main__":
    Base.metadata.create_all(engine)
