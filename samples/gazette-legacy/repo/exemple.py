"""Petite démonstration : python exemple.py"""
from gazette.base import Session
from gazette.depot import DepotArticles
from gazette.modeles import Article, Auteur, Commentaire, Rubrique


def main():
    session = Session()
    try:
        if session.query(Auteur).count() == 0:
            zoe = Auteur(courriel="zoe@exemple.fr", nom="Zoé")
            max_ = Auteur(courriel="max@exemple.fr", nom="Max")
            une = Article(titre="Bonjour", corps="Premier article", auteur=zoe)
            une.rubriques.append(Rubrique(libelle="culture"))
            une.commentaires.append(Commentaire(texte="Bravo !", auteur=max_))
            session.add(une)
            session.commit()
        for article in DepotArticles(session).articles_de("zoe@exemple.fr"):
            print(article.titre, [c.texte for c in article.commentaires])
    finally:
        session.close()


if __name__ == "__main__":
    main()
