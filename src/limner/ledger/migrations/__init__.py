"""Alembic's folder: what brings an older database to the tables of today, one revision a file."""
