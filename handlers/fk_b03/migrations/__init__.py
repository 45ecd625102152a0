"""Alembic revisions of FK-B.03's tables: branch `fk_b03`."""
