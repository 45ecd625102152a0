"""What is wrong with a decision model, or may be, as far as its text tells: `analyse`.

Rules that overlap, rules that never count, inputs that no rule matches, cells and outputs that a
column does not allow, names that nothing has. What can't be proved is not claimed.
"""

from engine.dmn.analysis.findings import Finding
from engine.dmn.analysis.models import analyse

__all__ = ["Finding", "analyse"]
