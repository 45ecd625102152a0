"""Row 1.3: the registries are asked until all have answered; then the conditions are judged.

A registry that does not answer is waited for, it is no refusal: see `handlers.shared.inquiries`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.external_task import ExternalTask, TemporaryFailure
from handlers.fk_b03.eligibility import TABLE, Settings, judge, listed_headcount, verdict
from handlers.fk_b03.facts import REGISTRIES, check_usable, contradictions, read_facts
from handlers.fk_b03.notices import tell
from handlers.shared.dated import DatedTable, read_duration
from handlers.shared.inquiries import AnswersMissing, Inquiries, Inquiry, inquire
from handlers.shared.notice_texts import NoticeTexts
from handlers.shared.notifications import Cabinet
from handlers.shared.patience import Patience
from handlers.shared.reference_data import ReferenceData
from handlers.shared.registries import EnterpriseRegistry, Record
from handlers.shared.texts import LANGUAGES, Texts


def carry_out(
    task: ExternalTask,
    registry: EnterpriseRegistry,
    inquiries: Inquiries,
    reference_data: ReferenceData,
    identifier: str,
) -> dict[str, Any]:
    """Asks every registry that has not answered yet, and judges: the variables of row 1.3.

    Raises TemporaryFailure where one gives no usable answer: the others are not asked again.
    """
    table = reference_data.table(TABLE)
    settings = Settings.on(table, task.today)
    inquiry = Inquiry(
        key=task.idempotency_key,
        instance_id=task.instance_id,
        business_key=task.business_key,
        identifier=identifier,
        registries=registry_names(table),
        now=task.now,
        usable_from=task.now - settings.freshness,
    )

    def ask(name: str) -> Record | None:
        record = registry.ask(name, identifier)
        check_usable(name, record)
        return record

    try:
        kept = inquire(
            inquiry,
            ask,
            inquiries,
            patience=read_patience(table.value("registry_waits", task.today)),
            tries_left=task.retries_left,
            contradictions=contradictions,
        )
    except AnswersMissing as error:
        raise TemporaryFailure(
            _told(error, inquiry.registries), error.retry_after, counts=error.counts
        ) from error
    facts = read_facts({name: each.record for name, each in kept.items()}.__getitem__)
    known_at = min(each.answered_at for each in kept.values())
    eligibility = verdict(judge(facts, settings, task.today), settings, task.now, known_at=known_at)
    return {
        "is_eligible": eligibility["passed"],
        "eligibility": eligibility,
        "listed_headcount": listed_headcount(facts, settings),
        "legal_form": facts.legal_form,
        "enterprise_name": facts.name,
    }


def tell_done(
    task: ExternalTask, cabinet: Cabinet, notices: NoticeTexts, notice: str, party: str, email: str
) -> None:
    """Whoever had to wait for a check is told that it is done and passed.

    (Of a check that is not passed the diagram tells, with the reasons.) Raises TemporaryFailure
    where the message can't be sent now.
    """
    tell(task, cabinet, notices, notice, party, {}, email=email, part=notice)


def registry_names(table: DatedTable) -> dict[str, Texts]:
    """What people call each registry that is asked, by its name."""
    named = table.extras["registries"]
    return {name: dict(named[name]) for name in REGISTRIES}


def read_patience(waits: Mapping[str, str]) -> Patience:
    """How long registries are waited for, from the row `registry_waits`."""
    return Patience(
        waits=tuple(read_duration(waits[name]) for name in ("first", "second", "then")),
        lasts=read_duration(waits["lasts"]),
    )


def _told(error: AnswersMissing, names: Mapping[str, Texts]) -> str:
    return "; ".join(
        f"{' / '.join(names[name][language] for language in LANGUAGES)}: {missing}"
        for name, missing in sorted(error.missing.items())
    )
