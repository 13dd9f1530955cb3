from modelle import Anmeldung, Kurs


def kurse_von_student(session, student_id):
    return session.query(Kurs).join(Anmeldung).filter(Anmeldung.student_id == student_id).all()
