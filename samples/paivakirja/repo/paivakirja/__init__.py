"""Päiväkirja: blogin tietomalli."""
