import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from carnet.domaine.modele import Article, Commentaire


def test_un_article_collecte_ses_commentaires():
    a = Article("Bonjour", "...")
    a.commentaires.append(Commentaire("Bravo"))
    assert len(a.commentaires) == 1
