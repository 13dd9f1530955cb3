from carnet.billets.modeles import Billet


def billet_en_json(billet: Billet) -> dict:
    return {
        "id": billet.id,
        "titre": billet.titre,
        "auteur": billet.auteur.pseudo,
        "etiquettes": [e.libelle for e in billet.etiquettes],
        "commentaires": [{"texte": c.texte, "auteur": c.auteur.pseudo} for c in billet.commentaires],
    }
