"""Uppgiftens två frågor."""
from blogg.modeller import Inlagg


def inlagg_av(anvandarnamn: str) -> list[Inlagg]:
    """Alla inlägg av en medlem, med kommentarer (två satser)."""
    return Inlagg.objekt.av(anvandarnamn).med_kommentarer().nyast().alla()


def forstasida(antal: int = 10) -> list[Inlagg]:
    """De nyaste inläggen med författare, taggar, kommentarer och kommentatorer utan N+1 (tre satser)."""
    return Inlagg.objekt.nyast().med_allt().forsta(antal).alla()
