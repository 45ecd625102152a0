"""Forms: one JSON Schema (2020-12) gives the fields a page draws and the check of what comes back.

A form is one flat object. Words for people stand beside the schema's keywords, by language:
`x-title` of the form; `x-label`, `x-hint`, `x-error` (for all keywords, or by keyword), `x-widget`
(textarea, radio), `x-show-if` ({earlier field: value or values}), `x-check` (rules over several
fields, in FEEL), `x-inputmode`, `x-autocomplete` of a field. Values to choose from are `oneOf` with
`const` and `x-label`, or those of a classifier or a dated table (`x-options`). A decision may have
a say in a field (`x-decision`). `x-review` at the form: the answers are read over before they are
sent.
"""

from engine.forms.check import check_submission
from engine.forms.decided import DecisionSource, FieldDecision
from engine.forms.definition import Field, Form, Kind, Option
from engine.forms.field_error import FieldError
from engine.forms.fields_of import with_fields_of, written_out
from engine.forms.form_data import FormDataField, form_from_fields
from engine.forms.formats import FORMATS
from engine.forms.opening import opened
from engine.forms.option_sources import ChoiceSource
from engine.forms.options import (
    NO_OPTIONS,
    Options,
    OptionsByDay,
    Period,
    TableKeys,
    has_nothing_below,
    keys_for,
    offered_for,
)
from engine.forms.reading import FormUnreadable, load_form
from engine.forms.submission import read_number, read_submission
from engine.forms.texts import LANGUAGES, Texts, in_language

__all__ = [
    "FORMATS",
    "LANGUAGES",
    "NO_OPTIONS",
    "ChoiceSource",
    "DecisionSource",
    "Field",
    "FieldDecision",
    "FieldError",
    "Form",
    "FormDataField",
    "FormUnreadable",
    "Kind",
    "Option",
    "Options",
    "OptionsByDay",
    "Period",
    "TableKeys",
    "Texts",
    "check_submission",
    "form_from_fields",
    "has_nothing_below",
    "in_language",
    "keys_for",
    "load_form",
    "offered_for",
    "opened",
    "read_number",
    "read_submission",
    "with_fields_of",
    "written_out",
]
