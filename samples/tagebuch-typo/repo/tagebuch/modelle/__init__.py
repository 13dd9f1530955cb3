from tagebuch.modelle.base import Base
from tagebuch.modelle.beitrag import Beitrag, beitrag_schlagwort
from tagebuch.modelle.benutzer import Benutzer
from tagebuch.modelle.kommentar import Kommentar
from tagebuch.modelle.schlagwort import Schlagwort

__all__ = ["Base", "Beitrag", "Benutzer", "Kommentar", "Schlagwort", "beitrag_schlagwort"]
