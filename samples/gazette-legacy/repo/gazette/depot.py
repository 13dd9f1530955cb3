"""Accès en lecture."""
from gazette.modeles import Article, Auteur


class DepotArticles:
    """Dépôt d'articles ; la session est fournie par l'appelant."""

    def __init__(self, session):
        self.session = session

    def articles_de(self, courriel):
        """Tous les articles d'un auteur, avec leurs commentaires."""
        return (
            self.session.query(Article)
            .join(Article.auteur)
            .join(Article.commentaires)
            .filter(Auteur.courriel == courriel)
            .order_by(Article.cree_le.desc(), Article.id)
            .distinct()
            .all()
        )

    def derniers(self, n=20):
        """Derniers articles avec auteur, commentaires et rubriques (chargement réglé dans le mapping)."""
        return self.session.query(Article).order_by(Article.cree_le.desc(), Article.id).limit(n).all()
