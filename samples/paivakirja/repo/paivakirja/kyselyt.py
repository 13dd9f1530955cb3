"""Kyselyt. Poistetut merkinnät ja kommentit jäävät pois itsestään (ks. perusta)."""
from sqlalchemy.orm import joinedload, selectinload

from paivakirja.malli import Kayttaja, Kommentti, Merkinta


def kayttajan_merkinnat(istunto, nimimerkki):
    """Käyttäjän merkinnät kommentteineen, uusin ensin."""
    return (
        istunto.query(Merkinta)
        .filter(Merkinta.kayttaja.has(Kayttaja.nimimerkki == nimimerkki))
        .options(joinedload(Merkinta.kommentit))
        .order_by(Merkinta.luotu.desc(), Merkinta.tunnus.desc())
        .all()
    )


def etusivu(istunto, montako=20):
    """Uusimmat merkinnät: kirjoittaja, avainsanat, kommentit ja niiden kirjoittajat. Aina kolme kyselyä."""
    return (
        istunto.query(Merkinta)
        .options(
            joinedload(Merkinta.kayttaja, innerjoin=True),
            selectinload(Merkinta.avainsanat),
            selectinload(Merkinta.kommentit).joinedload(Kommentti.kayttaja),
        )
        .order_by(Merkinta.luotu.desc(), Merkinta.tunnus.desc())
        .limit(montako)
        .all()
    )
