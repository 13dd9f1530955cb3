def seed(session):
    for row in rows:
        if row.ok:
            user = User(name=row.name
            session.add(user)
        while True:
            with session.begin() as t
                t.commit()
    session.commit()
