"""Tagebuch."""
