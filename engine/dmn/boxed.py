"""Boxed expressions as closures (DMN 1.5, clause 10.2.2).

Each means an expression of FEEL: where that has a form of its own (`if`, `for`, a filter, a call)
it is built as that form, with the parts already compiled, so that both behave alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from engine.dmn import reasons
from engine.dmn.explanation import report_at, report_no_feel
from engine.dmn.model import (
    Conditional,
    Context,
    DecisionTable,
    Expression,
    Filter,
    FunctionDefinition,
    Invocation,
    Iterator,
    ListExpression,
    LiteralExpression,
    Relation,
)
from engine.dmn.places import LOGIC
from engine.dmn.problems import Wording
from engine.dmn.scope import Run, Scope, nothing
from engine.dmn.signatures import ModelFunction, Signature
from engine.dmn.tables import compile_table
from engine.dmn.texts import texts_within
from engine.feel import syntax
from engine.feel.errors import Unfit
from engine.feel.evaluator.feel_builder import FeelBuilder
from engine.feel.feel import Frame
from engine.feel.grammar.forms import PARTIAL
from engine.feel.types import ANY, FeelType, FunctionOf, coerce

RULE = "boxed-expression"

ENTRY_TWICE = Wording(
    en="Expected the entry {name} once in a context of {owner}, but it is there twice.",
    ru="Ожидалось, что запись {name} встречается в контексте «{owner}» один раз, но она есть "
    "дважды.",
    kk="«{owner}» контекстінде {name} жазбасы бір рет кездесуі керек, бірақ ол екі рет бар.",
)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A part of a FEEL form that is compiled already: it stands in the form as a literal."""

    run: Run


class FormBuilder(FeelBuilder):
    """Builds FEEL forms around compiled parts."""

    def build(self, node: syntax.Node) -> Run:
        if isinstance(node, syntax.Literal) and isinstance(node.value, Compiled):
            return node.value.run
        return super().build(node)


def compile_expression(expression: Expression | None, scope: Scope, what: str) -> Run:
    """The closure of a boxed expression; its value is of the `type_ref`, or null with a warning.

    `what` names the place for messages. Without an expression the value is null.
    """
    match expression:
        case None:
            return nothing
        case LiteralExpression():
            run = _literal(expression, scope, what)
        case DecisionTable():
            run = compile_table(expression, scope if what == LOGIC else scope.at(what))
        case Context():
            run = _context(expression, scope, what)
        case ListExpression():
            run = _list(expression, scope, what)
        case Relation():
            run = _relation(expression, scope, what)
        case Invocation():
            run = _invocation(expression, scope, what)
        case FunctionDefinition():
            return _function(expression, scope, what)
        case Conditional():
            run = _conditional(expression, scope, what)
        case Filter():
            run = _filter(expression, scope, what)
        case Iterator():
            run = _iterator(expression, scope, what)
    return coerced(run, scope.find_type(expression.type_ref), what)


def coerced(run: Run, feel_type: FeelType, what: str) -> Run:
    """A closure whose value is of a type: null with a warning where it is not (10.3.2.9.4)."""
    if feel_type == ANY:
        return run

    def run_coerced(frame: Frame) -> object:
        try:
            return coerce(run(frame), feel_type)
        except Unfit as reason:
            report_at(frame, reasons.PLACE, what, reason=reason)
            return None

    return run_coerced


def compile_function(
    function: FunctionDefinition, scope: Scope, what: str
) -> tuple[Signature, Run]:
    """The parameters of a function and its body. One in Java or PMML is never run: its body
    raises Unfit."""
    types = {each.name: scope.find_type(each.type_ref) for each in function.parameters}
    signature = Signature(
        tuple(each.name for each in function.parameters),
        tuple(None if each.type_ref is None else types[each.name] for each in function.parameters),
    )
    if function.kind != "FEEL":
        return signature, partial(_refuse_to_run, function.kind)
    body = compile_expression(function.body, scope.within(types), what)
    declared = scope.find_type(function.type_ref)
    if not isinstance(declared, FunctionOf):
        body = coerced(body, declared, what)
    return signature, body


def _refuse_to_run(kind: str, _: Frame) -> object:
    raise Unfit(f"expected a function in FEEL; functions of the kind {kind} are never run")


def _function(function: FunctionDefinition, scope: Scope, what: str) -> Run:
    signature, body = compile_function(function, scope, what)
    return lambda frame: ModelFunction(None, signature, body, frame)


def _literal(expression: LiteralExpression, scope: Scope, what: str) -> Run:
    if not expression.text:
        return nothing
    compiled = scope.expression(expression, what)
    if compiled is not None:
        return compiled.run

    def run(frame: Frame) -> object:
        report_no_feel(frame, what, expression.text)
        return None

    return run


def _context(context: Context, scope: Scope, what: str) -> Run:
    entries: list[tuple[str, Run]] = []
    result: Run | None = None
    own: dict[str, FeelType] = {}
    for entry in context.entries:
        if entry.variable is None:
            result = compile_expression(entry.value, scope.within(own), what)
            continue
        name, feel_type = entry.variable.name, scope.find_type(entry.variable.type_ref)
        if name in own:
            scope.report(RULE, ENTRY_TWICE, entry, name=name)
        place = f"{what}, entry {name}"
        run = compile_expression(entry.value, scope.within(own), place)
        entries.append((name, coerced(run, feel_type, place)))
        own[name] = feel_type
    return partial(_run_context, entries, result)


def _run_context(entries: list[tuple[str, Run]], result: Run | None, frame: Frame) -> object:
    values: dict[str, object] = {}
    within = frame.child(values)
    for name, run in entries:
        values[name] = run(within)
    return values if result is None else result(within)


def _list(expression: ListExpression, scope: Scope, what: str) -> Run:
    items = [
        compile_expression(item, scope, f"{what}, item {number}")
        for number, item in enumerate(expression.items, start=1)
    ]
    return lambda frame: [item(frame) for item in items]


def _relation(relation: Relation, scope: Scope, what: str) -> Run:
    rows: list[list[tuple[str, Run]]] = []
    for number, row in enumerate(relation.rows, start=1):
        cells: list[tuple[str, Run]] = []
        for column, cell in zip(relation.columns, row, strict=True):
            place = f"{what}, row {number}, column {column.name}"
            run = compile_expression(cell, scope, place)
            cells.append((column.name, coerced(run, scope.find_type(column.type_ref), place)))
        rows.append(cells)
    return lambda frame: [{name: run(frame) for name, run in row} for row in rows]


def _form(form: syntax.Node, text: str) -> Run:
    """The closure of a FEEL form; `text` stands for it in warnings."""
    return FormBuilder(text).build(form)


def _part(run: Run) -> syntax.Node:
    return syntax.Literal(0, Compiled(run))


def _compiled(expression: Expression | None, scope: Scope, what: str) -> syntax.Node:
    return _part(compile_expression(expression, scope, what))


def _invocation(invocation: Invocation, scope: Scope, what: str) -> Run:
    called, text = _called(invocation.called, scope, f"{what}, called function")
    names: list[str] = []
    arguments: list[syntax.Node] = []
    for binding in invocation.bindings:
        place = f"{what}, argument {binding.parameter.name}"
        run = compile_expression(binding.value, scope, place)
        feel_type = scope.find_type(binding.parameter.type_ref)
        names.append(binding.parameter.name)
        arguments.append(_part(coerced(run, feel_type, place)))
    if not names:
        return _form(syntax.Call(0, called, ()), text)
    return _form(syntax.NamedCall(0, called, tuple(names), tuple(arguments)), text)


def _called(expression: Expression | None, scope: Scope, what: str) -> tuple[syntax.Node, str]:
    """The function of an invocation, as FEEL's own tree where it is a text."""
    if isinstance(expression, LiteralExpression) and expression.text:
        parsed = scope.expression(expression, what)
        return (parsed.tree if parsed else syntax.Literal(0, None)), expression.text
    return _compiled(expression, scope, what), what


def _conditional(conditional: Conditional, scope: Scope, what: str) -> Run:
    form = syntax.If(
        0,
        _compiled(conditional.condition, scope, f"{what}, if"),
        _compiled(conditional.then, scope, f"{what}, then"),
        _compiled(conditional.otherwise, scope, f"{what}, else"),
    )
    return _form(form, "if … then … else …")


def _filter(expression: Filter, scope: Scope, what: str) -> Run:
    form = syntax.Filter(
        0,
        _compiled(expression.source, scope, f"{what}, in"),
        _compiled(expression.match, scope.of_items(), f"{what}, match"),
    )
    return _form(form, "…[…]")


def _iterator(iterator: Iterator, scope: Scope, what: str) -> Run:
    source = _domain(iterator.source, scope, f"{what}, in")
    own = {iterator.variable: scope.find_type(iterator.variable_type_ref)}
    if iterator.kind == "for":
        own[PARTIAL] = ANY
    body = _compiled(iterator.body, scope.within(own), f"{what}, body")
    iterations = (syntax.Iteration(0, iterator.variable, source, None),)
    match iterator.kind:
        case "for":
            form: syntax.Node = syntax.For(0, iterations, _with_partial(iterator.body, body))
        case "some" | "every":
            form = syntax.Quantified(0, iterator.kind == "every", iterations, body)
    return _form(form, f"{iterator.kind} {iterator.variable}")


def _domain(expression: Expression | None, scope: Scope, what: str) -> syntax.Node:
    """What an iterator goes through; as a text it may be `start..end` without brackets."""
    if isinstance(expression, LiteralExpression) and ".." in expression.text:
        parsed = scope.domain(expression, what)
        return parsed.tree if parsed else syntax.Literal(0, None)
    return _compiled(expression, scope, what)


def _with_partial(expression: Expression | None, body: syntax.Node) -> syntax.Node:
    """The body of a `for`, such that `for` sees that it reads the results so far."""
    if all(PARTIAL not in text for text in texts_within(expression)):
        return body
    return syntax.If(0, syntax.Literal(0, True), body, syntax.Name(0, PARTIAL))
