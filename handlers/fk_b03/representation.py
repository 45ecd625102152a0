"""Filing for another: at the counter of a centre, or by a power of attorney.

Who filed for whom and on what ground is kept with the case; the document says it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engine.completion_check import Completion, CompletionRefused
from handlers.shared.texts import Texts, fill, show_date

HEAD, POWER_OF_ATTORNEY = "head", "power_of_attorney"
COUNTER_GROUPS = frozenset({"specialist"})
"""Staff who take applications at the counter."""

_BY_POWER: Texts = {
    "kk": "Өтінімді сенімхат бойынша өкіл береді: {holder}, ЖСН {iin}, {date} № {number} "
    "сенімхат, {until} дейін қолданылады.",
    "ru": "Заявку подаёт представитель по доверенности: {holder}, ИИН {iin}, доверенность "
    "№ {number} от {date}, действует до {until}.",
    "en": "The application is filed by a representative: {holder}, IIN {iin}, power of attorney "
    "No {number} of {date}, valid until {until}.",
}
_AT_COUNTER: Texts = {
    "kk": "Өтінімді кәсіпорынның жүгінуі бойынша мансап орталығының маманы рәсімдеді.",
    "ru": "Заявка оформлена специалистом карьерного центра по обращению предприятия.",
    "en": "The application was entered by a specialist of the career centre at the counter.",
}
_WHO_SIGNS: Texts = {
    "kk": "Қол қоятын: бірінші басшы немесе сенімхаты қолданыстағы өкіл.",
    "ru": "Подписывает первый руководитель или представитель с действующей доверенностью.",
    "en": "It is signed by the first head or by a representative whose power of attorney is in "
    "force.",
}
POWER_NOT_YET: Texts = {
    "kk": "Сенімхат {date} күнінен бастап қолданылады: бүгін бірінші басшы қол қояды",
    "ru": "Доверенность действует с {date}: сегодня подписывает первый руководитель",
    "en": "The power of attorney is in force from {date}: today the first head signs",
}
POWER_ENDED: Texts = {
    "kk": "Сенімхаттың мерзімі {until} аяқталды: бірінші басшы қол қояды немесе жаңа сенімхатпен "
    "жаңа өтінім беріледі",
    "ru": "Доверенность действовала до {until}: подписывает первый руководитель, или подаётся "
    "новая заявка с новой доверенностью",
    "en": "The power of attorney was valid until {until}: the first head signs, or a new "
    "application is filed with a new power of attorney",
}


def representation_of(
    submitted: Mapping[str, Any], *, user: str, groups: frozenset[str], now: datetime
) -> dict[str, Any]:
    """Who files for whom and on what ground, by the form of the start.

    `ground` is head or power_of_attorney; `power` {holder, holder_iin, number, date, until} is
    there for the latter. `at_counter`: staff entered it. `texts` say it in words, empty where the
    head files alone.
    """
    by_power = submitted.get("filing_ground") == POWER_OF_ATTORNEY
    power = (
        {
            "holder": submitted["power_holder"],
            "holder_iin": submitted["power_holder_iin"],
            "number": submitted["power_number"],
            "date": submitted["power_date"],
            "until": submitted["power_until"],
        }
        if by_power
        else None
    )
    at_counter = bool(groups & COUNTER_GROUPS)
    return {
        "ground": POWER_OF_ATTORNEY if by_power else HEAD,
        "at_counter": at_counter,
        "filed_by": user,
        "filed_at": now.isoformat(timespec="seconds"),
        "power": power,
        "texts": _in_words(power, at_counter),
    }


LOOK_AT_POWER: Texts = {
    "kk": "Маман сенімхаттың көшірмесін қарайды: кім кімге берген, өтінім беруге және қол қоюға "
    "өкілеттік бар ма, мерзімі өтпеген бе. Өкіл ұйымның кілтімен емес, өз кілтімен қол қояды.",
    "ru": "Специалист смотрит копию доверенности: кто кому её выдал, есть ли полномочие подать "
    "и подписать заявку, не истёк ли срок. Представитель подписывает своим ключом, "
    "не ключом организации.",
    "en": "The specialist looks at the copy of the power of attorney: who gave it to whom, "
    "whether it covers filing and signing the application, whether it is in force. "
    "The representative signs with their own key, not with the organisation's.",
}
"""A note of the case: the specialist reads it when reviewing, the employer knows of it."""


def _in_words(power: Mapping[str, str] | None, at_counter: bool) -> Texts:
    sentences: list[Texts] = []
    if power is not None:
        values = {
            "holder": power["holder"],
            "iin": power["holder_iin"],
            "number": power["number"],
            "date": _shown(power["date"]),
            "until": _shown(power["until"]),
        }
        sentences.append(fill(_BY_POWER, values))
    if at_counter:
        sentences.append(_AT_COUNTER)
    if not sentences:
        return {}
    sentences.append(_WHO_SIGNS)
    return {language: " ".join(text[language] for text in sentences) for language in _WHO_SIGNS}


def _shown(day: str) -> str:
    return show_date(date.fromisoformat(day))


def power_refusal(
    representation: Mapping[str, Any] | None, *, iin: str | None, today: date
) -> Texts | None:
    """Why the holder of the power may not sign today; None where nothing is against it.

    The dates count on the day of signing. The head may sign whatever became of the power.
    """
    power = (representation or {}).get("power")
    if not power or iin != power["holder_iin"]:
        return None
    if today < date.fromisoformat(power["date"]):
        return fill(POWER_NOT_YET, {"date": _shown(power["date"])})
    if today <= date.fromisoformat(power["until"]):
        return None
    return fill(POWER_ENDED, {"until": _shown(power["until"])})


def demand_power_in_force(completion: Completion) -> None:
    """Raises CompletionRefused where the holder of the power signs outside its dates."""
    filed: Any = completion.variables.get("representation")
    refusal = power_refusal(filed, iin=completion.iin, today=completion.today)
    if refusal:
        raise CompletionRefused({"": refusal})


def note(texts: Texts, *, about: str, user: str, now: datetime) -> dict[str, Any]:
    """A note of the case: what pages show under «Notes», with who made it and when."""
    return {
        "about": about,
        "text": texts,
        "by": user,
        "at": now.isoformat(timespec="seconds"),
    }
