"""Point d'entrée unique : importer ce module enregistre tous les modèles."""
from carnet.billets.modeles import Billet, BilletEtiquette, Commentaire, Etiquette
from carnet.comptes.modeles import Membre

__all__ = ["Billet", "BilletEtiquette", "Commentaire", "Etiquette", "Membre"]
