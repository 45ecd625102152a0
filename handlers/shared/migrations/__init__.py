"""Alembic revisions of the shared tables: branch `shared`."""
