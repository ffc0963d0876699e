"""Alembic's script folder, found by the path of this package; there is no alembic.ini."""
