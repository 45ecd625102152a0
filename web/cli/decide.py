"""`qadam decide`: a decision of a file, evaluated and explained, without any database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from engine import EngineSettings
from engine.calendar import NotATime, WorkingCalendar, parse_moment, seed_rows
from engine.decisions import DecisionFile
from engine.decisions.files import read_files
from engine.dmn import DmnRefused, Outcome, read_model
from engine.dmn.questions import Question, questions
from engine.errors import EngineError
from engine.expression_functions import time_functions
from engine.near_names import near_names
from engine.opening import utc_now
from engine.problems import Wording
from web.cli.decision_account import account, account_text, listed, listed_text
from web.cli.decision_files import beside, imported
from web.cli.decision_input import read_inputs, told
from web.cli.decision_names import Names
from web.cli.failure import Failure, JsonCommand
from web.cli.lint import errors_of_decisions, in_files
from web.cli.surroundings import configured, language_option

_REFUSED = Wording(
    en="nothing was decided: {count} problem(s) in {file}",
    ru="решение не принято: проблем в {file}: {count}",
    kk="шешім қабылданған жоқ: {file} ішіндегі қателер: {count}",
)
_WRONG_INPUT = Wording(
    en="nothing was decided: {count} problem(s) with the input",
    ru="решение не принято: проблем с входными данными: {count}",
    kk="шешім қабылданған жоқ: кіріс деректеріндегі қателер: {count}",
)
_UNKNOWN = Wording(
    en="there is no decision {name} in {file}; there are {known}",
    ru="в {file} нет решения {name}; есть {known}",
    kk="{file} ішінде {name} шешімі жоқ; онда {known} бар",
)
_UNKNOWN_NEAR = Wording(
    en="there is no decision {name} in {file}: did you mean {nearest}? There are {known}",
    ru="в {file} нет решения {name}: возможно, имелось в виду {nearest}? Есть {known}",
    kk="{file} ішінде {name} шешімі жоқ: {nearest} дегіңіз келді ме? Онда {known} бар",
)
_NOTHING = Wording(
    en="there is no decision in {file}",
    ru="в {file} нет решений",
    kk="{file} ішінде шешім жоқ",
)
_NO_RESULT = Wording(
    en="{name} has no result: {reason}",
    ru="у решения {name} нет результата: {reason}",
    kk="{name} шешімінің нәтижесі жоқ: {reason}",
)


@click.command(cls=JsonCommand)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("decision", required=False)
@click.option(
    "--input", "given", help="The inputs: a JSON object, @FILE with one, or - to read it."
)
@click.option("--set", "pairs", multiple=True, metavar="NAME=VALUE", help="One input; repeatable.")
@click.option("--now", "moment", help="What the clock shows: ISO 8601. The machine's unless said.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
@language_option
def decide(
    file: Path,
    decision: str | None,
    given: str | None,
    pairs: tuple[str, ...],
    moment: str | None,
    as_json: bool,
    language: str,
) -> None:
    """Evaluates DECISION of a .dmn FILE and explains it.

    DECISION is an id or a name in any language; a decision service or a knowledge model will do,
    too. Without it, tells which there are, with their inputs. Nothing goes to a database: working
    days are those of the calendar as it is shipped, and dated() is there in a process only.
    """
    found = _read(file, language)
    known = questions(found.models)
    own = [each for each in known if each.model is found.model]
    if decision is None:
        _list(own, found.name, as_json, language)
        return
    question = _find(decision, [*own, *known], found.name, language)
    inputs = _checked(question.named(read_inputs(given, pairs, language)), question, language)
    outcome = _evaluate(found, question, inputs, _functions(moment))
    names = Names(found.models, None if as_json else language)
    explained = account(question, outcome, found.models, names, language)
    _say(explained, account_text(explained, language), as_json)
    if explained["errors"] and as_json:
        raise SystemExit(1)
    if explained["errors"]:
        details = {"name": explained["name"], "reason": explained["errors"][0]["message"]}
        raise Failure(_NO_RESULT.fill(details)[language])


def _read(path: Path, language: str) -> DecisionFile:
    """The file with what it imports. Raises Failure, which tells what is wrong with them."""
    name, resources = beside(path, configured(), language)
    try:
        read_model(resources[name], path.name)
        files, _ = read_files(resources)
        files[name].compile()
    except DmnRefused as refused:
        raise _refusal(name, resources, language) from refused
    return files[name]


def _refusal(name: str, resources: Mapping[str, bytes], language: str) -> Failure:
    """The errors that lint finds in the file and in those that it imports."""
    errors = errors_of_decisions(imported(name, resources))
    details = {"count": len(errors), "file": in_files(errors, name)}
    return Failure(
        _REFUSED.fill(details)[language],
        [each.tell(language) for each in errors],
        [each.as_json(language) for each in errors],
    )


def _list(found: Sequence[Question], file: str, as_json: bool, language: str) -> None:
    """Tells what can be asked. Raises Failure where there is nothing."""
    if not found:
        raise Failure(_NOTHING.fill({"file": file})[language])
    lines = (line for each in found for line in listed_text(each, language))
    _say([listed(each) for each in found], lines, as_json)


def _find(wanted: str, known: Sequence[Question], file: str, language: str) -> Question:
    """By id, else by name, in the end by that of any language. Raises Failure, which names those
    there are."""
    for passes in (_has_id, _has_name, _is_called):
        for each in known:
            if passes(each, wanted):
                return each
    names = list(dict.fromkeys(each.id or each.name for each in known))
    if not names:
        raise Failure(_NOTHING.fill({"file": file})[language])
    spellings = {name: each.id or each.name for each in known for name in each.names}
    near = near_names(wanted, {*spellings, *names}, 1)
    details = {
        "name": wanted,
        "file": file,
        "known": ", ".join(names),
        "nearest": spellings.get(near[0], near[0]) if near else None,
    }
    raise Failure((_UNKNOWN_NEAR if near else _UNKNOWN).fill(details)[language])


def _has_id(question: Question, wanted: str) -> bool:
    return question.id == wanted


def _has_name(question: Question, wanted: str) -> bool:
    return question.name == wanted


def _is_called(question: Question, wanted: str) -> bool:
    return wanted in question.names


def _checked(
    inputs: Mapping[str, object], question: Question, language: str
) -> Mapping[str, object]:
    """The same inputs. Raises Failure, which tells what is wrong with them, and EngineError."""
    faults = question.faults(inputs)
    if not faults:
        return inputs
    sentences = told(faults, question, inputs, language)
    raise Failure(
        _WRONG_INPUT.fill({"count": len(faults)})[language],
        sentences,
        [{"message": each} for each in sentences],
    )


def _evaluate(
    file: DecisionFile,
    question: Question,
    inputs: Mapping[str, object],
    functions: Mapping[str, Callable[..., object]],
) -> Outcome:
    decisions = file.compile()
    if question.kind == "decision":
        return decisions.evaluate(question.address, inputs, functions)
    return decisions.call(question.address, inputs, functions)


def _functions(moment: str | None) -> Mapping[str, Callable[..., object]]:
    """The functions of the engine that need no process. Raises Failure for what is no moment."""
    zone = ZoneInfo(EngineSettings().zone)
    try:
        now = utc_now().astimezone(zone) if moment is None else parse_moment(moment, zone)
    except NotATime as error:
        raise Failure(f"--now: {error}") from error

    @cache
    def calendar() -> WorkingCalendar:
        return WorkingCalendar(seed_rows(range(now.year - 1, now.year + 3)), zone)

    return {**time_functions(calendar, zone, now), "dated": _in_a_process_only}


def _in_a_process_only(*_arguments: object) -> object:
    raise EngineError("Expected a process, whose tables dated() reads, but there is none here")


def _say(document: object, lines: Iterable[str], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for line in lines:
        click.echo(line)
