"""Dated tables: what holds from one day to another, as deployed and as staff have edited it since.

A table is a JSON file of an application: `{"rows": [{"key", "from", "to", "value", "source"}]}`
with a head that says what it is (`head.py`). Edits never change a row: each says what holds on
its days, and what was edited last counts (`rows.py`).
"""

from engine.dated.editing import Wish, edited_spans, gap_after, gap_fault, wish_faults
from engine.dated.head import CONTACTS, WINDOWS, Head, read_head
from engine.dated.rows import Edit, Effect, Row, Span, file_rows, holding, is_table, merged, row_of
from engine.dated.values import Description, describe, value_faults

__all__ = [
    "CONTACTS",
    "WINDOWS",
    "Description",
    "Edit",
    "Effect",
    "Head",
    "Row",
    "Span",
    "Wish",
    "describe",
    "edited_spans",
    "file_rows",
    "gap_after",
    "gap_fault",
    "holding",
    "is_table",
    "merged",
    "read_head",
    "row_of",
    "value_faults",
    "wish_faults",
]
