from pamietnik.modele import Komentarz, Uzytkownik, Wpis, session


class UslugaWpisow:
    def wpisy_uzytkownika(self, email):
        # wpisy użytkownika z komentarzami
        uzytkownik = session.query(Uzytkownik).filter(Uzytkownik.email == email).first()
        wynik = []
        for wpis in uzytkownik.wpisy:
            komentarze = session.query(Komentarz).filter_by(obiekt_typ="wpis", obiekt_id=wpis.id).all()
            wynik.append({"wpis": wpis.podsumowanie, "komentarze": [k.tresc for k in komentarze]})
        return wynik

    def wpisy_zoptymalizowane(self):
        # join zamiast osobnych zapytań = brak N+1
        wpisy = session.query(Wpis).join(Wpis.komentarze).all()
        return [(w, w.komentarze) for w in wpisy]

    def szukaj(self, fraza):
        return session.query(Wpis).filter(Wpis.tytul.like("%" + fraza + "%")).all()
