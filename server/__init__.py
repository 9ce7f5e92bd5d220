"""Delivers forms, stores what is sealed, and can open none of it."""
