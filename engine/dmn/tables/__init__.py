"""Decision tables (DMN 1.5, clause 8): `compile_table` makes one a closure."""

from engine.dmn.tables.table import compile_table

__all__ = ["compile_table"]
