"""Bitácora."""
