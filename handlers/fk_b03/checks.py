"""Completion checks of FK-B.03: what is demanded, and written, in the command's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from engine.completion_check import Completion, CompletionRefused, completion_check
from handlers.fk_b03 import records, refusals
from handlers.fk_b03.application import Application, number_of
from handlers.fk_b03.centres import NoCentre, centre_code
from handlers.fk_b03.measures import MeasuresOffered, listed_names, measures_offered
from handlers.fk_b03.places import Room, room_for
from handlers.fk_b03.representation import demand_power_in_force
from handlers.fk_b03.sending import demand_fresh_check, demand_in_time
from handlers.shared.reference_data import ReferenceData, reference_data_of
from handlers.shared.texts import Texts, fill

SEND = "send"
"""The choice of the forms of row 1.4 that files the application."""


@completion_check("fk_b03.application")
def check_application(completion: Completion) -> None:
    """Row 1.2: the measure is offered, the places are within the limit, there is a centre, which
    has no other application of the enterprise for the profession."""
    demand_in_time(completion)
    application = Application.of(completion.variables)
    reference_data = reference_data_of(completion)
    fields: dict[str, Texts] = {}
    offered = measures_offered(completion.decide, application, completion.today)
    refusal = _measure_refusal(reference_data, application, offered)
    if refusal:
        fields["measure"] = refusal
    room = _room(completion, application)
    if not room.holds(application.places):
        fields["places"] = fill(refusals.TOO_MANY_PLACES, _figures(application, room))
    try:
        other = _other_application(completion, application)
    except NoCentre:
        last = "settlement" if application.settlement else "district"
        fields[last] = dict(refusals.NO_CENTRE)
    else:
        if other is not None:
            fields["profession"] = fill(refusals.PROFESSION_TAKEN, {"number": other})
    if fields:
        raise CompletionRefused(fields)


@completion_check("fk_b03.take_places")
def take_places(completion: Completion) -> Mapping[str, object]:
    """Row 1.4: takes the places; of two that ask for the last ones the first to sign wins.

    So it is of two for one profession at one centre. It is sent in time, with a fresh check.
    The rules are those of the day of signing; gives `filing` {filed_at, places_limit, decisions}:
    when it was filed, and which version of each decision decided (the case's history has the rows
    that matched). An application that is signed again after a return gets its places anew, in the
    stead of those it held. Where the form offers to edit or delete instead of sending (`sending`),
    only sending takes places.
    """
    if completion.submitted.get("sending", SEND) != SEND:
        return {}
    demand_power_in_force(completion)
    demand_in_time(completion)
    demand_fresh_check(completion)
    application = Application.of(completion.variables)
    reference_data = reference_data_of(completion)
    records.lock_enterprise_year(completion.connection, application.bin, application.financial_year)
    offered = measures_offered(completion.decide, application, completion.today)
    refusal = _measure_refusal(reference_data, application, offered)
    if refusal:
        raise CompletionRefused({"": refusal})
    other = _other_application(completion, application)
    if other is not None:
        raise CompletionRefused({"": fill(refusals.PROFESSION_GONE, {"number": other})})
    room = _room(completion, application)
    if not room.holds(application.places):
        raise CompletionRefused({"": fill(refusals.PLACES_GONE, _figures(application, room))})
    records.take(
        completion.connection,
        application_key=number_of(completion),
        identifier=application.bin,
        financial_year=application.financial_year,
        measure=application.measure,
        profession=application.profession,
        places=application.places,
        is_counted=room.is_limited,
        now=completion.now,
        centre=_centre(completion, application),
    )
    _note_head(completion, application)
    filing = {
        "filed_at": completion.now.isoformat(timespec="seconds"),
        "places_limit": room.left,
        "decisions": [offered.decided_by.as_data(), room.decided_by.as_data()],
    }
    return {"filing": filing}


@completion_check("fk_b03.decision")
def note_decision(completion: Completion) -> Mapping[str, object]:
    """Row 3.1: who entered the decision, and when, for its document."""
    return {
        "decided_by": completion.user,
        "decided_at": completion.now.isoformat(timespec="seconds"),
    }


@completion_check("fk_b03.release_places")
def release_places(completion: Completion) -> None:
    """The case is over without a job: its places are free again (a reading)."""
    records.release(completion.connection, number_of(completion), completion.now)


@completion_check("fk_b03.contract_terms")
def check_contract_terms(completion: Completion) -> None:
    """Row 3.4: the contract ends after today.

    The form says this itself now; versions of the diagram that were deployed before still ask.
    """
    end_date = date.fromisoformat(str(completion.variables["contract_end_date"]))
    if end_date <= completion.today:
        raise CompletionRefused({"contract_end_date": dict(refusals.CONTRACT_ENDS_TOO_EARLY)})


def _centre(completion: Completion, application: Application) -> str:
    """Raises NoCentre."""
    areas = reference_data_of(completion).table("fk_b03/centres")
    return centre_code(areas, application.place, completion.today)


def _other_application(completion: Completion, application: Application) -> str | None:
    """The number of another application of the enterprise for the profession. Raises NoCentre."""
    return records.application_for(
        completion.connection,
        application.bin,
        application.financial_year,
        profession=application.profession,
        centre=_centre(completion, application),
        except_for=number_of(completion),
    )


def _note_head(completion: Completion, application: Application) -> None:
    head = {code: completion.variables.get(f"head_{code}") for code in ("kk", "ru")}
    if all(head.values()):
        records.note_filed_head(
            completion.connection,
            number_of(completion),
            application.bin,
            {code: str(name) for code, name in head.items()},
            completion.now,
        )


def _room(completion: Completion, application: Application) -> Room:
    taken = records.count_taken(
        completion.connection,
        application.bin,
        application.financial_year,
        except_for=number_of(completion),
    )
    return room_for(completion.decide, application, taken, completion.today)


def _figures(application: Application, room: Room) -> dict[str, object]:
    return {
        "places": application.places,
        "left": room.left,
        "headcount": room.headcount,
        "taken": room.taken,
    }


def _measure_refusal(
    reference_data: ReferenceData, application: Application, offered: MeasuresOffered
) -> Texts | None:
    if application.measure in offered.codes:
        return None
    if not offered.codes:
        return fill(refusals.NO_MEASURE, {"reason": offered.reason})
    names = listed_names(reference_data, offered.codes)
    return fill(refusals.OTHER_MEASURES, {"measures": names, "reason": offered.reason})
