from pamietnik.modele import Komentarz, Tag, Uzytkownik, Wpis, session
from pamietnik.uslugi import UslugaWpisow

if __name__ == "__main__":
    u = Uzytkownik(email="jan@wp.pl", nick="jan")
    w = Wpis(tytul="Pierwszy", tresc="...", uzytkownik=u, tag=Tag(nazwa="start"))
    session.add(w)
    session.flush()
    session.add(Komentarz(tresc="super", obiekt_typ="wpis", obiekt_id=w.id, autor_id=u.id))
    session.commit()
    print(UslugaWpisow().wpisy_uzytkownika("jan@wp.pl"))
