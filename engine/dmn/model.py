"""A decision model as its XML file says it (DMN 1.5, clauses 6, 7, 8 and 10), nothing resolved yet.

Names have single spaces within and none around. `id` and `line` say where an element is in its
file; they are None where it has no id, or no line of its own.

A `type_ref` is `number`, the name of an item definition, `import name.item definition`, or, where
an XML prefix says it (DMN 1.1), `{namespace}item definition`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

HitPolicy = Literal["UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT", "RULE ORDER", "OUTPUT ORDER"]
Aggregation = Literal["SUM", "COUNT", "MIN", "MAX"]
FunctionKind = Literal["FEEL", "Java", "PMML"]
IteratorKind = Literal["for", "some", "every"]

Translations: TypeAlias = tuple[tuple[str, str], ...]
"""(language, name) pairs, as the OMG's i18n extension has them in a diagram, too."""

CELL_INPUT = "cellInput"
"""Camunda's name for the value that a cell tests, where the column says no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """Where in the file."""

    id: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable(Element):
    """A name with a type: a decision's, a parameter's, a context entry's, a column's."""

    name: str
    type_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Element):
    """Text of FEEL: an expression, unary tests, a cell."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiteralExpression(Element):
    """FEEL; an empty `text` is no expression."""

    text: str
    type_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InputClause(Element):
    """What a column of conditions is about; `values` are unary tests. `variable` is what cells
    for Camunda call the value that they test, beside `?`."""

    expression: Text
    values: Text | None = None
    type_ref: str | None = None
    label: str | None = None
    variable: str = CELL_INPUT
    translations: Translations = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputClause(Element):
    """A column of results; `name` is needed where there are several. `default` is an expression."""

    name: str | None = None
    values: Text | None = None
    default: Text | None = None
    type_ref: str | None = None
    label: str | None = None
    translations: Translations = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Element):
    """A row: unary tests for each input clause, an expression for each output clause."""

    inputs: tuple[Text, ...]
    outputs: tuple[Text, ...]
    annotations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTable(Element):
    """Clause 8. Every rule has as many cells as there are clauses."""

    hit_policy: HitPolicy = "UNIQUE"
    aggregation: Aggregation | None = None
    inputs: tuple[InputClause, ...] = ()
    outputs: tuple[OutputClause, ...] = ()
    annotations: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    type_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextEntry(Element):
    """`variable` None: the result of the context."""

    variable: Variable | None
    value: Expression | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context(Element):
    """An entry sees those above it."""

    entries: tuple[ContextEntry, ...]
    type_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListExpression(Element):
    items: tuple[Expression | None, ...]
    type_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Element):
    """A list of contexts; every row has as many cells as there are columns."""

    columns: tuple[Variable, ...]
    rows: tuple[tuple[Expression | None, ...], ...]
    type_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding(Element):
    """An argument by name."""

    parameter: Variable
    value: Expression | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation(Element):
    """`called` is an expression whose value is a function; mostly its name."""

    called: Expression | None
    bindings: tuple[Binding, ...]
    type_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionDefinition(Element):
    """Only of kind FEEL is ever carried out."""

    parameters: tuple[Variable, ...]
    body: Expression | None
    kind: FunctionKind = "FEEL"
    type_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditional(Element):
    condition: Expression | None
    then: Expression | None
    otherwise: Expression | None
    type_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(Element):
    """`match` sees `item` and, of contexts, their entries."""

    source: Expression | None
    match: Expression | None
    type_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Iterator(Element):
    """for … return, some … satisfies, every … satisfies; `body` is what follows the last word."""

    kind: IteratorKind
    variable: str
    source: Expression | None
    body: Expression | None
    variable_type_ref: str | None = None
    type_ref: str | None = None


Expression: TypeAlias = (
    LiteralExpression
    | DecisionTable
    | Context
    | ListExpression
    | Relation
    | Invocation
    | FunctionDefinition
    | Conditional
    | Filter
    | Iterator
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionItem(Element):
    """The type of functions: parameters and result."""

    parameters: tuple[Variable, ...]
    output_type_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDefinition(Element):
    """A type by name (clause 7.3.2): another one by reference, components, or a function.

    `allowed_values` are unary tests of each item, `type_constraint` (DMN 1.5) of the whole value.
    """

    name: str
    type_ref: str | None = None
    components: tuple[ItemDefinition, ...] = ()
    function: FunctionItem | None = None
    is_collection: bool = False
    allowed_values: Text | None = None
    type_constraint: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Element):
    """An `href`: the id of an element; `location` is the namespace or file before the `#`."""

    element_id: str
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Import(Element):
    """Another model under a name; the empty name (DMN 1.5) puts its elements among one's own."""

    name: str
    namespace: str
    location: str | None = None
    import_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InputData(Element):
    """`has_variable`: the file gives it one; else `variable` is one of its name."""

    name: str
    label: str | None = None
    variable: Variable
    has_variable: bool = True
    translations: Translations = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Element):
    """`expression` None: a decision without logic. `has_variable` as of InputData."""

    name: str
    label: str | None = None
    variable: Variable
    required_inputs: tuple[Reference, ...] = ()
    required_decisions: tuple[Reference, ...] = ()
    required_knowledge: tuple[Reference, ...] = ()
    expression: Expression | None = None
    version_tag: str | None = None
    has_variable: bool = True
    translations: Translations = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeModel(Element):
    """A business knowledge model: a function under a name."""

    name: str
    variable: Variable
    required_knowledge: tuple[Reference, ...] = ()
    logic: FunctionDefinition | None = None
    translations: Translations = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionService(Element):
    """Decisions as a function (clause 10.4): parameters are the input data and input decisions."""

    name: str
    variable: Variable
    output_decisions: tuple[Reference, ...] = ()
    encapsulated_decisions: tuple[Reference, ...] = ()
    input_decisions: tuple[Reference, ...] = ()
    input_data: tuple[Reference, ...] = ()


DrgElement: TypeAlias = InputData | Decision | KnowledgeModel | DecisionService


@dataclass(frozen=True, slots=True, kw_only=True)
class Model(Element):
    """`<definitions>`; `version` is DMN's ("1.1" … "1.5"), by the namespace of the file."""

    namespace: str
    name: str
    version: str
    file_name: str
    imports: tuple[Import, ...] = ()
    item_definitions: tuple[ItemDefinition, ...] = ()
    inputs: tuple[InputData, ...] = ()
    decisions: tuple[Decision, ...] = ()
    knowledge_models: tuple[KnowledgeModel, ...] = ()
    services: tuple[DecisionService, ...] = ()

    @property
    def declares_inputs(self) -> bool:
        """Whether decisions see what their arrows say. Else they see all that is given: there are
        no input data, or only labels in the drawing, without variables, as Camunda's modeler
        makes them."""
        return any(each.has_variable for each in self.inputs)
