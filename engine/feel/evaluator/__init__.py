"""Runs trees of both dialects: a tree becomes closures once, which are then called.

Closures call each other as deep as `limits.CALL_HEIGHT` allows, which is more than Python's usual
limit of recursion does: it is raised here, for the whole program.
"""

import sys

_PYTHON_FRAMES = 6_000

sys.setrecursionlimit(max(sys.getrecursionlimit(), _PYTHON_FRAMES))
