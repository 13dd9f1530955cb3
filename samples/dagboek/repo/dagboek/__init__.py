"""Dagboek: personen, berichten, reacties en trefwoorden."""
