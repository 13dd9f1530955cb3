"""Napló: blog adatmodell."""
