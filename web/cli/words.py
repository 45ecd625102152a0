"""Words that several commands say, in the language that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.decisions import DECISIONS
from engine.deploy_gate import DIAGRAM
from engine.problems import Wording

_WORDS: Mapping[str, Wording] = {
    "error": Wording(en="error", ru="ошибка", kk="қате"),
    "warning": Wording(en="warning", ru="предупреждение", kk="ескерту"),
    "note": Wording(en="note", ru="замечание", kk="ескертпе"),
    "line": Wording(en="line {line}", ru="строка {line}", kk="{line}-жол"),
    "diagrams": Wording(
        en="{count} diagram(s)", ru="диаграмм: {count}", kk="диаграммалар: {count}"
    ),
    "decision files": Wording(
        en="{count} decision file(s)", ru="файлов решений: {count}", kk="шешім файлдары: {count}"
    ),
}


def word(name: str, language: str, **details: object) -> str:
    """A word, `{line}` and `{count}` filled in."""
    return _WORDS[name].fill(details)[language]


def counted(names: Iterable[str], language: str) -> str:
    """How many files there are among these; decisions are named where there are some."""
    known = list(names)
    diagrams, decisions = (
        sum(name.endswith(ending) for name in known) for ending in (DIAGRAM, DECISIONS)
    )
    told = [word("diagrams", language, count=diagrams)] if diagrams or not decisions else []
    told += [word("decision files", language, count=decisions)] if decisions else []
    return ", ".join(told)
