"""Forms drawn in the modeler: `camunda:formData`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from engine.forms.definition import Form
from engine.forms.reading import FormUnreadable, read_schema
from engine.forms.texts import Texts

_TYPES: Mapping[str, dict[str, object]] = {
    "string": {"type": "string"},
    "long": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "enum": {"type": "string"},
}
_LIMITS: Mapping[str, str] = {
    "min": "minimum",
    "max": "maximum",
    "minlength": "minLength",
    "maxlength": "maxLength",
}
_APPLIES: Mapping[str, frozenset[str]] = {
    "min": frozenset({"long"}),
    "max": frozenset({"long"}),
    "minlength": frozenset({"string"}),
    "maxlength": frozenset({"string"}),
}


class DrawnField(Protocol):
    """A field as the diagram's facts hold it: `choices` are (id, name), `constraints` pairs."""

    @property
    def id(self) -> str: ...

    @property
    def type(self) -> str: ...

    @property
    def label(self) -> str | None: ...

    @property
    def default(self) -> str | None: ...

    @property
    def choices(self) -> Sequence[tuple[str, str]]: ...

    @property
    def constraints(self) -> Sequence[tuple[str, str | None]]: ...


@dataclass(frozen=True)
class FormDataField:
    """One `camunda:formField`.

    `type` is string, long, boolean, date or enum; `constraints` maps a constraint's name (required,
    readonly, min, max, minlength, maxlength) to its config; `values` are an enum's ids and names.
    """

    id: str
    label: str | Texts = ""
    type: str = "string"
    default: str | None = None
    constraints: Mapping[str, str | None] = field(default_factory=dict)
    values: tuple[tuple[str, str | Texts], ...] = ()

    @classmethod
    def from_facts(cls, facts: DrawnField) -> FormDataField:
        """The field of a diagram's facts."""
        return cls(
            id=facts.id,
            label=facts.label or "",
            type=facts.type,
            default=facts.default,
            constraints=dict(facts.constraints),
            values=tuple(facts.choices),
        )


def form_from_fields(
    key: str, fields: Sequence[FormDataField], default_language: str = "ru"
) -> Form:
    """The form of drawn fields; a label without translations is in `default_language`.

    Raises FormUnreadable.
    """
    problems: list[str] = []
    properties: dict[str, object] = {}
    required: list[str] = []
    for each in fields:
        if each.id in properties:
            problems.append(f"{each.id}: there are two fields of this id")
        properties[each.id] = _property(each, default_language, problems)
        if _is_on(each, "required"):
            required.append(each.id)
    if problems:
        raise FormUnreadable(key, problems)
    return read_schema(key, {"type": "object", "properties": properties, "required": required})


def _property(each: FormDataField, language: str, problems: list[str]) -> dict[str, object]:
    if each.type not in _TYPES:
        problems.append(
            f"{each.id}: the type must be one of {', '.join(_TYPES)}, but is {each.type}"
        )
        return {}
    schema = {**_TYPES[each.type], "x-label": _texts(each.label, each.id, language)}
    if each.type == "enum":
        if not each.values:
            problems.append(f"{each.id}: an enum needs values to choose from")
        schema["oneOf"] = [
            {"const": value, "x-label": _texts(name, value, language)}
            for value, name in each.values
        ]
    if each.default is not None:
        schema["default"] = each.default
    if _is_on(each, "readonly"):
        schema["readOnly"] = True
    for name, config in each.constraints.items():
        if name in _LIMITS:
            _limit(each, name, config, schema, problems)
        elif name not in ("required", "readonly"):
            problems.append(f"{each.id}: constraint {name} is unknown")
    return schema


def _limit(
    each: FormDataField,
    name: str,
    config: str | None,
    schema: dict[str, object],
    problems: list[str],
) -> None:
    if each.type not in _APPLIES[name]:
        problems.append(f"{each.id}: constraint {name} does not apply to a field of {each.type}")
        return
    try:
        schema[_LIMITS[name]] = int(config or "")
    except ValueError:
        problems.append(f"{each.id}: constraint {name} must be a whole number, but is {config!r}")


def _is_on(each: FormDataField, name: str) -> bool:
    return name in each.constraints and (each.constraints[name] or "true").lower() != "false"


def _texts(label: str | Texts, otherwise: str, language: str) -> Texts:
    if isinstance(label, str):
        return {language: label.strip() or otherwise}
    return {code: text for code, text in label.items() if text.strip()} or {language: otherwise}
