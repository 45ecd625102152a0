"""The centre's remark (row 2.3): the fields that it names, and what stood in them then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from engine.completion_check import Completion, CompletionRefused, completion_check
from handlers.shared.texts import Texts

NAMED = "remark_fields"
ON_FIELD = "remark_on_"
"""Fields of `forms/remark.json`: those that are ticked, and before a name the remark on it."""

NO_REMARK_ON_FIELD: Texts = {
    "kk": "Осы өрісте не дұрыс емес екенін жазыңыз немесе белгісін алыңыз",
    "ru": "Напишите, что неверно в этом поле, или снимите отметку",
    "en": "Write what is wrong with this field, or untick it",
}


@completion_check("fk_b03.remark")
def check_remark(completion: Completion) -> Mapping[str, object]:
    """Each field that is named has its remark.

    Gives `field_remarks` {field: remark}, which opens these fields, and `remarked_values` {field:
    value}, what every field of the application holds now. Raises CompletionRefused.
    """
    submitted = completion.submitted
    named = list(cast("Iterable[str]", submitted.get(NAMED) or ()))
    missing = [name for name in named if not submitted.get(f"{ON_FIELD}{name}")]
    if missing:
        raise CompletionRefused({f"{ON_FIELD}{name}": NO_REMARK_ON_FIELD for name in missing})
    fields = [name.removeprefix(ON_FIELD) for name in submitted if name.startswith(ON_FIELD)]
    return {
        "field_remarks": {name: submitted[f"{ON_FIELD}{name}"] for name in named},
        "remarked_values": {name: completion.variables.get(name) for name in fields},
    }
