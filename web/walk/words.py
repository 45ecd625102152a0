"""What a walk says, in the language that was asked for."""

from __future__ import annotations

from collections.abc import Mapping

from engine.problems import Wording

_WORDS: Mapping[str, Wording] = {
    "started": Wording(
        en="{who}: started {process}",
        ru="{who}: запущен процесс {process}",
        kk="{who}: {process} процесі басталды",
    ),
    "time": Wording(en="time passes: {at}", ru="проходит время: {at}", kk="уақыт өтеді: {at}"),
    "system": Wording(en="system", ru="система", kk="жүйе"),
    "status": Wording(en=", status {status}", ru=", статус {status}", kk=", {status} мәртебесі"),
    "the one": Wording(
        en=" (the one that was started)", ru=" (который был запущен)", kk=" (басталғаны осы)"
    ),
    "waits": Wording(
        en="  waits for {name}{due}", ru="  ждёт: {name}{due}", kk="  күтуде: {name}{due}"
    ),
    "due": Wording(en=", due {day}", ru=", срок {day}", kk=", мерзімі {day}"),
    "incident": Wording(
        en="incident at {place}: {message}",
        ru="инцидент в {place}: {message}",
        kk="{place} элементіндегі оқыс жағдай: {message}",
    ),
    "open": Wording(en="Open tasks:", ru="Открытые задачи:", kk="Ашық тапсырмалар:"),
    "which": Wording(
        en="Which one? 0 lets time pass",
        ru="Какую? 0 – пусть пройдёт время",
        kk="Қайсысы? 0 – уақыт өтсін",
    ),
    "refused": Wording(
        en="  refused: {field}: {sentence}",
        ru="  не принято: {field}: {sentence}",
        kk="  қабылданбады: {field}: {sentence}",
    ),
    "form": Wording(en="form", ru="форма", kk="форма"),
    "nothing": Wording(
        en="Nothing is left to do, and no timer runs.",
        ru="Делать больше нечего, таймеров нет.",
        kk="Істейтін ештеңе қалмады, таймерлер жоқ.",
    ),
    "pass": Wording(
        en="Let time pass until {until}?",
        ru="Пусть пройдёт время до {until}?",
        kk="Уақыт {until} дейін өтсін бе?",
    ),
    "active": Wording(en="active", ru="идёт", kk="жүріп жатыр"),
    "completed": Wording(en="completed", ru="завершён", kk="аяқталды"),
    "cancelled": Wording(en="cancelled", ru="отменён", kk="тоқтатылды"),
}


def said(word: str, language: str, **details: object) -> str:
    """A sentence or word with its details; the states of instances have one."""
    return _WORDS[word].fill(details)[language]
