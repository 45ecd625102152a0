"""The contract of approved applications, as both sides and the staff see it.

A process application gives its lines as the variable `contract_lines`: a list of `{"application",
"profession", "measure", "settlement", "places", "joined_at"}`, the names by language; the document
that is signed as `contract_document`; and what it says of the enterprise as `contract_details`:
`{"application", "details": [{"label", "value"}], "others": [{"application", "details"}]}`, whose
details these are and what differs in which other application. Whoever sends it back answers at a
task with the `director_decision` "return".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext

from engine.forms import Field
from engine.queries.answers import Answered
from engine.queries.application_data import Status
from engine.queries.documents import DocumentRef
from engine.queries.instance_detail import InstanceDetail
from engine.queries.instance_list import InstanceRow
from engine.queries.steps import Step
from web.answers import Fact
from web.changes import Change, changes_since
from web.context import actor, queries
from web.formats import day, tenge
from web.language import language, words
from web.onward import place_of
from web.statuses import status_of

LINES, DOCUMENT, DETAILS = "contract_lines", "contract_document", "contract_details"
_NUMBER, _SUM, _END = "contract_number", "contract_sum", "contract_end_date"
_DECISION, _REASON, _RETURN = "director_decision", "director_comment", "return"


@dataclass(frozen=True)
class Line:
    """One application of the contract; `address` is its page, where the reader may see it."""

    application: str
    address: str | None
    profession: str
    measure: str
    settlement: str
    places: int


@dataclass(frozen=True)
class Return:
    """The contract was sent back: by whom, when and why, and what became another since.

    `joined` are the numbers of the applications that came into it after that.
    """

    who: str
    at: datetime
    reason: str
    changes: Sequence[Change]
    joined: Sequence[str]


@dataclass(frozen=True)
class Details:
    """The details of the enterprise that an application holds; of `others`, those that differ."""

    application: str
    facts: Sequence[Fact]
    others: Sequence[Details] = ()


@dataclass(frozen=True)
class Contract:
    """A contract. `professions` are (name, places) over all lines; `details` are those that it
    carries, None where it does not say; `document` is what is signed, None while it is drafted;
    `concluded_on` is an ISO day; `steps` are those of its case."""

    row: InstanceRow
    address: str
    status: Status | None
    lines: Sequence[Line]
    professions: Sequence[tuple[str, int]]
    terms: Sequence[Fact]
    details: Details | None
    document: DocumentRef | None
    concluded_on: str | None
    returns: Sequence[Return]
    steps: Sequence[Step]

    @property
    def places(self) -> int:
        """All places of the contract."""
        return sum(line.places for line in self.lines)


def contract_in(instance: InstanceDetail) -> Contract | None:
    """The contract that an instance is about; None where it is about none."""
    given: Any = instance.variables.get(LINES)
    if not isinstance(given, list) or not given:
        return None
    fields = queries().fields(actor(), instance.definition_id)
    lines = _lines(given)
    return Contract(
        row=instance.row,
        address=place_of(instance.row.id),
        status=status_of(instance.row),
        lines=lines,
        professions=_by_profession(lines),
        terms=_terms(instance.variables),
        details=_details(instance.variables.get(DETAILS)),
        document=_document(instance),
        concluded_on=_text(instance.variables.get("concluded_on")),
        returns=_returns(instance, fields, given),
        steps=instance.steps,
    )


def row_of_contract(row: InstanceRow) -> InstanceRow | None:
    """The contract that an application is in, as a row; None while it is in none."""
    if row.party is None or row.business_key is None:
        return None
    return queries().case_holding(actor(), row.party, LINES, row.business_key)


def contract_of(instance: InstanceDetail) -> Contract | None:
    """The contract of a case: its own, or the one that the application is in."""
    own = contract_in(instance)
    if own is not None:
        return own
    row = row_of_contract(instance.row)
    return None if row is None else contract_in(queries().instance(actor(), row.id))


def documents_for(
    instance: InstanceDetail, contract: Contract | None, *, staff: bool
) -> Sequence[DocumentRef]:
    """The documents of a case for its reader: an enterprise sees no drafts of its contract, and
    the contract itself stands with its lines."""
    if staff or contract is None or contract.row.id != instance.row.id:
        return instance.documents
    return ()


def terms_of_contracts(rows: Iterable[InstanceRow]) -> Mapping[str, datetime]:
    """By when the contracts of these applications are decided on, by the application's key.

    An application that is in none, or whose contract has no term, is left out.
    """
    parties = {row.business_key: row.party for row in rows if row.party and row.business_key}
    contracts = queries().cases_holding(actor(), LINES, parties) if parties else {}
    terms = {
        key: min((each.due_at for each in contract.waiting_for if each.due_at), default=None)
        for key, contract in contracts.items()
    }
    return {key: term for key, term in terms.items() if term is not None}


def _terms(values: Mapping[str, object]) -> list[Fact]:
    """Number, sum and last day in words, and why it was declined; those that are known."""
    shown = (
        (gettext("Number of the contract"), _text(values.get(_NUMBER))),
        (gettext("Sum of the contract"), tenge(values.get(_SUM))),
        (gettext("End date of the contract"), day(_text(values.get(_END)))),
        (gettext("Reason for declining"), _text(values.get("decline_reason"))),
    )
    return [Fact(label, value) for label, value in shown if value]


def _details(given: Any) -> Details | None:
    if not isinstance(given, Mapping):
        return None
    return Details(
        application=given["application"],
        facts=[Fact(words(each["label"]), each["value"]) for each in given["details"]],
        others=[each for other in given.get("others", ()) if (each := _details(other))],
    )


def _lines(given: Iterable[Mapping[str, Any]]) -> list[Line]:
    lines = list(given)
    seen = queries().ids_by_key(actor(), [line["application"] for line in lines])
    return [
        Line(
            application=line["application"],
            address=place_of(seen[line["application"]]) if line["application"] in seen else None,
            profession=words(line["profession"]),
            measure=words(line["measure"]),
            settlement=words(line["settlement"]),
            places=line["places"],
        )
        for line in lines
    ]


def _by_profession(lines: Sequence[Line]) -> list[tuple[str, int]]:
    totals: dict[str, int] = {}
    for line in lines:
        totals[line.profession] = totals.get(line.profession, 0) + line.places
    return list(totals.items())


def _document(instance: InstanceDetail) -> DocumentRef | None:
    reference = instance.variables.get(DOCUMENT)
    wanted = reference.get("document") if isinstance(reference, Mapping) else None
    return next((each for each in instance.documents if each.id == wanted), None)


def _returns(
    instance: InstanceDetail, fields: Mapping[str, Field], lines: Sequence[Mapping[str, Any]]
) -> list[Return]:
    """The last one first; each is compared with the next round, the last with what stands now."""
    found: list[Return] = []
    after: Mapping[str, object] = instance.variables
    answered = queries().answers(actor(), instance.row.id)
    for index in range(len(answered) - 1, -1, -1):
        if answered[index].values.get(_DECISION) != _RETURN:
            continue
        before = _terms_before(answered, index)
        found.append(_return(answered[index], before, after, fields, lines))
        after = before
    return found


def _terms_before(answered: Sequence[Answered], index: int) -> Mapping[str, object]:
    """The terms that were sent back."""
    for each in reversed(answered[:index]):
        if _NUMBER in each.values:
            return each.values
    return {}


def _return(
    sent_back: Answered,
    before: Mapping[str, object],
    after: Mapping[str, object],
    fields: Mapping[str, Field],
    lines: Sequence[Mapping[str, Any]],
) -> Return:
    return Return(
        who=sent_back.who,
        at=sent_back.at,
        reason=_text(sent_back.values.get(_REASON)) or "",
        changes=changes_since(before, fields.values(), after, language()) or [],
        joined=[
            line["application"]
            for line in lines
            if datetime.fromisoformat(line["joined_at"]) > sent_back.at
        ],
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
