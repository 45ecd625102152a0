"""Decision tables as closures (DMN 1.5, clause 8). Their orientation makes no difference.

Input expressions are evaluated once, output entries for the rules that count alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from engine.dmn import reasons
from engine.dmn.explanation import MatchedRule, report_error, report_rules, report_unfit
from engine.dmn.model import DecisionTable, Rule
from engine.dmn.problems import Wording
from engine.dmn.scope import Run, Scope
from engine.dmn.tables.bit_sets import bits
from engine.dmn.tables.columns import InputColumn, compile_column
from engine.dmn.tables.hit_policies import (
    PRIORITY_POLICIES,
    Hit,
    PolicyViolated,
    Shape,
    result,
    select,
    settle,
    without_hits,
)
from engine.dmn.tables.results import OutputColumn, compile_output
from engine.feel.errors import Unfit
from engine.feel.evaluator.frame import Frame
from engine.feel.texts import in_short

RULE = "decision-table"

MOST_NAMED = 20
"""Rules that the reason of an error names."""

AGGREGATION_POLICY = Wording(
    en="Expected the hit policy COLLECT for the aggregation {aggregation} of {owner}, but found "
    "{policy}.",
    ru="Для агрегирования {aggregation} в «{owner}» ожидалась политика COLLECT, но указана "
    "{policy}.",
    kk="«{owner}» ішіндегі {aggregation} жинақтауы үшін COLLECT саясаты күтілді, бірақ {policy} "
    "көрсетілген.",
)
AGGREGATION_OUTPUTS = Wording(
    en="Expected one output for the aggregation {aggregation} of {owner}, but found {count}.",
    ru="Для агрегирования {aggregation} в «{owner}» ожидался один столбец результатов, но их "
    "{count}.",
    kk="«{owner}» ішіндегі {aggregation} жинақтауы үшін бір нәтиже бағаны күтілді, бірақ олар "
    "{count}.",
)
NO_PRIORITIES = Wording(
    en="Expected output values in the order of their priority for the hit policy {policy} of "
    "{owner}, but no output lists any.",
    ru="Для политики {policy} в «{owner}» ожидались значения результата (output values) в порядке "
    "приоритета, но ни у одного столбца их нет.",
    kk="«{owner}» ішіндегі {policy} саясаты үшін басымдық ретімен нәтиже мәндері (output values) "
    "күтілді, бірақ бірде-бір бағанда олар жоқ.",
)
OUTPUT_TWICE = Wording(
    en="Expected the output {name} once in the decision table of {owner}, but it is there twice.",
    ru="Ожидалось, что столбец результатов {name} в таблице «{owner}» один, но он есть дважды.",
    kk="«{owner}» кестесінде {name} нәтиже бағаны біреу болуы керек, бірақ ол екі рет бар.",
)


@dataclass(frozen=True, slots=True)
class CompiledTable:
    """A table that can be run.

    `rules` tell of its hits, each at its index. `cheapest_first` is the order in which the columns
    are asked: those with many tests to run are asked for the rules that are left by the others.
    """

    table: DecisionTable
    inputs: Sequence[InputColumn]
    outputs: Sequence[OutputColumn]
    shape: Shape
    rules: Sequence[MatchedRule]
    cheapest_first: Sequence[int]

    def run(self, frame: Frame) -> object:
        """The result, null with a reason where there is none; the rules that count are reported."""
        matching = self._matching(frame)
        if matching is None:
            return None
        numbers = (index + 1 for index in bits(matching))
        try:
            return self._result(frame, select(self.table.hit_policy, numbers))
        except PolicyViolated as violation:
            self._report(frame, violation.numbers)
            report_error(frame, violation.wording, rules=self._named(violation.numbers))
        except Unfit as unfit:
            report_unfit(frame, unfit)
        return None

    def _matching(self, frame: Frame) -> int | None:
        """The rules that match, one bit each; None where an input is not allowed to be as it is."""
        values = [column.value(frame) for column in self.inputs]
        for column, value in zip(self.inputs, values, strict=True):
            if not column.allows(frame, value):
                assert column.values is not None
                report_error(
                    frame,
                    reasons.NOT_AMONG,
                    name=column.label,
                    values=column.values.text,
                    found=in_short(value),
                )
                return None
        matching = (1 << len(self.rules)) - 1
        for index in self.cheapest_first:
            matching = self.inputs[index].cells.matching(frame, values[index], matching)
        return matching

    def _result(self, frame: Frame, numbers: Sequence[int]) -> object:
        policy, aggregation = self.table.hit_policy, self.table.aggregation
        if not numbers:
            return without_hits(policy, aggregation, self._default(frame), self.shape)
        hits = settle(policy, [self._hit(frame, number) for number in numbers], self.shape)
        self._report(frame, [hit.number for hit in hits])
        return result(policy, aggregation, hits, self.shape)

    def _hit(self, frame: Frame, number: int) -> Hit:
        outputs = tuple(column.output(frame, number - 1) for column in self.outputs)
        return Hit(number, self.rules[number - 1].id, outputs)

    def _default(self, frame: Frame) -> list[object] | None:
        if all(column.default is None for column in self.outputs):
            return None
        return [column.default_output(frame) for column in self.outputs]

    def _report(self, frame: Frame, numbers: Sequence[int]) -> None:
        report_rules(frame, [self.rules[number - 1] for number in numbers])

    def _named(self, numbers: Sequence[int]) -> str:
        rules = [self.rules[number - 1] for number in numbers[:MOST_NAMED]]
        named = ", ".join(
            f"{rule.number} ({rule.id})" if rule.id else str(rule.number) for rule in rules
        )
        return f"{named}, …" if len(numbers) > MOST_NAMED else named


def compile_table(table: DecisionTable, scope: Scope) -> Run:
    """The closure of a table.

    What is no FEEL, and what the standard forbids, is reported to the scope.
    """
    inputs = [
        compile_column(clause, [rule.inputs[index] for rule in table.rules], index + 1, scope)
        for index, clause in enumerate(table.inputs)
    ]
    outputs = [
        compile_output(table, index, [rule.outputs[index] for rule in table.rules], scope)
        for index in range(len(table.outputs))
    ]
    _check(table, outputs, scope)
    shape = Shape(
        tuple(clause.name or "" for clause in table.outputs),
        tuple(column.rank for column in outputs),
    )
    rules = [_matched(table, rule, number) for number, rule in enumerate(table.rules, start=1)]
    cheapest = sorted(range(len(inputs)), key=lambda index: inputs[index].cells.cost)
    return CompiledTable(table, inputs, outputs, shape, rules, cheapest).run


def _check(table: DecisionTable, outputs: Sequence[OutputColumn], scope: Scope) -> None:
    """What clauses 8.2.10 and 8.3 forbid."""
    policy, aggregation = table.hit_policy, table.aggregation
    if aggregation is not None and policy != "COLLECT":
        scope.report(RULE, AGGREGATION_POLICY, table, aggregation=aggregation, policy=policy)
    if aggregation is not None and len(outputs) > 1:
        count = len(outputs)
        scope.report(RULE, AGGREGATION_OUTPUTS, table, aggregation=aggregation, count=count)
    if policy in PRIORITY_POLICIES and all(column.rank is None for column in outputs):
        scope.report(RULE, NO_PRIORITIES, table, policy=policy)
    names = [clause.name for clause in table.outputs if len(outputs) > 1 and clause.name]
    for name in sorted({name for name in names if names.count(name) > 1}):
        scope.report(RULE, OUTPUT_TWICE, table, name=name)


def _matched(table: DecisionTable, rule: Rule, number: int) -> MatchedRule:
    columns = table.annotations[: len(rule.annotations)]
    annotations = tuple(zip_longest(columns, rule.annotations, fillvalue=""))
    return MatchedRule(rule.id, number, annotations, rule.line)
