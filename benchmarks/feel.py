"""What an expression costs, beside simpleeval, and what a decision table costs by its rules.

    python -m benchmarks.feel [ROUNDS]

Everything is parsed once before the clock starts. The sides take turns; printed are medians of CPU
time per evaluation and their ratios. simpleeval calculates with Python's own numbers, FEEL with
decimals of 34 digits.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from statistics import median

from simpleeval import SimpleEval

from engine import feel
from engine.dmn import compile_models, read_model

ROUNDS = 30
EVALUATIONS = 2_000
DECISIONS = 100
VARIABLES: Mapping[str, object] = {"places": 3, "decision": "approve"}
TABLES = (10, 100, 1_000)

Case = Callable[[], object]


def comparison_cases() -> dict[str, Case]:
    """One comparison in three languages."""
    evaluator = SimpleEval(names=dict(VARIABLES))
    text = 'places > 2 and decision == "approve"'
    parsed = evaluator.parse(text)
    in_feel = feel.parse('= places > 2 and decision = "approve"')
    in_juel = feel.parse('${places > 2 && decision == "approve"}')
    return {
        "simpleeval": lambda: evaluator.eval(text, previously_parsed=parsed),
        "FEEL": lambda: in_feel.evaluate(VARIABLES),
        "${…}": lambda: in_juel.evaluate(VARIABLES),
    }


def table_case(rules: int, condition: Callable[[int], str]) -> Case:
    """A UNIQUE table of so many rules, of which the one in the middle matches."""
    decisions = compile_models([read_model(table(rules, condition).encode(), "bench.dmn")])
    expected = rules // 2
    inputs = {"code": f"P{expected}", "places": expected}

    def decide() -> object:
        outcome = decisions.evaluate("table", inputs)
        if outcome.value != expected:
            raise AssertionError(f"expected {expected}, but found {outcome.value}")
        return outcome.value

    return decide


def by_code(rule: int) -> str:
    """A rule that asks for one text."""
    return f'<inputEntry><text>"P{rule}"</text></inputEntry><inputEntry><text>-</text></inputEntry>'


def by_range(rule: int) -> str:
    """A rule that asks for a range of numbers."""
    return (
        "<inputEntry><text>-</text></inputEntry>"
        f"<inputEntry><text>[{rule}..{rule + 1})</text></inputEntry>"
    )


def table(rules: int, condition: Callable[[int], str]) -> str:
    """The DMN file of such a table."""
    written = "".join(
        f'<rule id="r{rule}">{condition(rule)}<outputEntry><text>{rule}</text></outputEntry></rule>'
        for rule in range(rules)
    )
    return f"""<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="d"
        namespace="urn:bench">
      <inputData id="code_input" name="code"><variable name="code" typeRef="string"/></inputData>
      <inputData id="places_input" name="places"><variable name="places" typeRef="number"/>
      </inputData>
      <decision id="table" name="table"><variable name="table" typeRef="number"/>
        <informationRequirement><requiredInput href="#code_input"/></informationRequirement>
        <informationRequirement><requiredInput href="#places_input"/></informationRequirement>
        <decisionTable hitPolicy="UNIQUE">
          <input><inputExpression typeRef="string"><text>code</text></inputExpression></input>
          <input><inputExpression typeRef="number"><text>places</text></inputExpression></input>
          <output/>{written}
        </decisionTable>
      </decision></definitions>"""


def measure(cases: Mapping[str, Case], times: int, rounds: int) -> dict[str, float]:
    """Median CPU microseconds of one call, by case; the cases take turns."""
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            begin = time.process_time_ns()
            for _ in range(times):
                case()
            taken[name].append((time.process_time_ns() - begin) / 1_000 / times)
    return {name: median(each) for name, each in taken.items()}


def main(rounds: int = ROUNDS) -> None:
    """Prints the figures."""
    found = measure(comparison_cases(), EVALUATIONS, rounds)
    beside = found["simpleeval"]
    for name, microseconds in found.items():
        print(f"{name}: {microseconds:.2f} µs, {microseconds / beside:.2f} of simpleeval")
    for title, condition in (("one text a rule", by_code), ("one range a rule", by_range)):
        cases = {str(rules): table_case(rules, condition) for rules in TABLES}
        found = measure(cases, DECISIONS, max(1, rounds // 10))
        smallest = found[str(TABLES[0])]
        for rules, microseconds in found.items():
            ratio = microseconds / smallest
            print(f"table of {rules} rules, {title}: {microseconds:.0f} µs, {ratio:.2f} of 10")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
