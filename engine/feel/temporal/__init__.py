"""FEEL's dates, times and durations (DMN 1.5, 10.3.2.3.4 to 10.3.2.3.8).

Here are the values, their texts and their order; `arithmetic` and `properties` are modules of their
own: the first knows the other values of FEEL, which know these.
"""

from engine.feel.temporal.comparing import compare, equal, key
from engine.feel.temporal.parsing import (
    parse_date,
    parse_date_time,
    parse_days_time,
    parse_duration,
    parse_literal,
    parse_time,
    parse_years_months,
)
from engine.feel.temporal.python_values import from_python, to_python
from engine.feel.temporal.values import (
    Date,
    DateTime,
    DaysTime,
    Duration,
    Temporal,
    Time,
    YearsMonths,
)
from engine.feel.temporal.writing import text
from engine.feel.temporal.zones import UTC, Offset, Region, Zone

__all__ = [
    "UTC",
    "Date",
    "DateTime",
    "DaysTime",
    "Duration",
    "Offset",
    "Region",
    "Temporal",
    "Time",
    "YearsMonths",
    "Zone",
    "compare",
    "equal",
    "from_python",
    "key",
    "parse_date",
    "parse_date_time",
    "parse_days_time",
    "parse_duration",
    "parse_literal",
    "parse_time",
    "parse_years_months",
    "text",
    "to_python",
]
