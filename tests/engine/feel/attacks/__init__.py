"""Expressions and models written to do harm, and what must come of each.

Each table is one way of attacking; `test_attacks.py` makes every attack of every table.
"""
