"""Every page of Qadam, and who looks at it: no page of the web is without a place here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from web.people import load_people


@dataclass(frozen=True)
class Place:
    """A page: who looks at it, and its address, where {kind[case]} stands for an id.

    Then, in this order: `status` is what the page answers with, `typed` is written into fields by
    their names, `ticked` are marked by their ids, `opened` is the selector of a link that is
    followed, `pressed` is a button (its English); `refused` says that the form comes back with
    what is wrong. On a `phone` there is no NCALayer.
    """

    person: str
    path: str
    status: int = 200
    typed: Mapping[str, str] = field(default_factory=dict)
    ticked: tuple[str, ...] = ()
    pressed: str = ""
    refused: bool = False
    phone: bool = False


EMPLOYER, SPECIALIST, DIRECTOR = "Demo Employer 1", "Demo Specialist 1", "Demo Director 1"
OF_ASTANA = "Demo Specialist 3"
REFUSED, STOPPED = "Demo Employer 4", "Demo Employer 5"
ANALYST, UNIT_HEAD = "Demo Analyst", "Demo Head of Unit"
OWNER, OPERATOR = "Demo Process Owner", "Demo Operator"
CENTRE = "/settings/fk_b03/centre_details/edit?key=almaty&row=2023-06-30&action=correct"

_AREAS = {
    "cabinet": "/cabinet/",
    "tasks": "/tasks/",
    "instances": "/instances/",
    "cockpit": "/cockpit/",
    "calendar": "/working-days/",
    "settings": "/settings/",
    "messages": "/messages/",
    "notices": "/messages/texts/",
}


def _of_every_role() -> dict[str, Place]:
    """The first page of each area, as the first person of each role sees it."""
    people = load_people()
    found: dict[str, Place] = {}
    for group in sorted(people.groups()):
        person = next(each for each in people if group in each.groups)
        for area in people.areas(person):
            found[f"{group}: {area}"] = Place(person.names["en"], _AREAS[area])
    return found


_CABINET = {
    "sign-in": Place("", "/sign-in"),
    "cabinet-empty": Place("Demo Employer 3", "/cabinet/"),
    "start": Place(EMPLOYER, "/cabinet/start/fk_b03"),
    "start-refused": Place(EMPLOYER, "/cabinet/start/fk_b03", pressed="Continue", refused=True),
    "start-by-power-of-attorney": Place(
        EMPLOYER,
        "/cabinet/start/fk_b03",
        ticked=("field-filing_ground-2",),
        pressed="Continue",
        refused=True,
    ),
    "start-counter": Place(SPECIALIST, "/cabinet/start/fk_b03"),
    "account": Place(EMPLOYER, "/cabinet/account"),
    "account-details": Place(EMPLOYER, "/cabinet/account/150140000012"),
    "account-details-refused": Place(
        EMPLOYER,
        "/cabinet/account/150140000022",
        typed={"iban": "KZ00"},
        pressed="Save",
        refused=True,
    ),
    "account-checks": Place(EMPLOYER, "/cabinet/account/150140000012/checks"),
    "account-checks-empty": Place("Demo Employer 2", "/cabinet/account/900101300037/checks"),
    "messages-of-cabinet": Place(EMPLOYER, "/cabinet/messages"),
    "messages-of-cabinet-empty": Place("Demo Employer 3", "/cabinet/messages"),
    "messages-language": Place(EMPLOYER, "/cabinet/messages/language"),
    "application-not-sent": Place(EMPLOYER, "/cabinet/applications/{instance[sign]}"),
    "application-returned": Place(EMPLOYER, "/cabinet/applications/{instance[answer]}"),
    "application-contract": Place(
        EMPLOYER, "/cabinet/applications/{instance[contract: application]}"
    ),
    "application-published": Place(
        EMPLOYER, "/cabinet/applications/{instance[published: application]}"
    ),
    "application-refused": Place(REFUSED, "/cabinet/applications/{instance[refused]}"),
    "application-waits": Place(STOPPED, "/cabinet/applications/{instance[waits]}"),
    "check-to-request": Place(EMPLOYER, "/cabinet/applications/{instance[begun]}/check"),
    "task-request": Place(EMPLOYER, "/tasks/{task[begun]}"),
    "check-passed": Place(EMPLOYER, "/cabinet/applications/{instance[details]}/check"),
    "check-refused": Place(REFUSED, "/cabinet/applications/{instance[refused]}/check"),
    "check-waits": Place(STOPPED, "/cabinet/applications/{instance[waits]}/check"),
    "check-operator": Place(STOPPED, "/cabinet/applications/{instance[stopped]}/check"),
    "check-history": Place(REFUSED, "/cabinet/applications/{instance[refused]}/check/history"),
    "checks-of-all": Place(REFUSED, "/cabinet/checks"),
    "checks-of-all-empty": Place("Demo Employer 2", "/cabinet/checks"),
    "action-delete": Place(EMPLOYER, "/cabinet/applications/{instance[sign]}/actions/delete"),
    "action-edit": Place(EMPLOYER, "/cabinet/applications/{instance[sign]}/actions/edit"),
    "action-withdraw": Place(EMPLOYER, "/cabinet/applications/{instance[answer]}/actions/withdraw"),
    "action-not-allowed": Place(
        EMPLOYER, "/cabinet/applications/{instance[demand]}/actions/delete", 409
    ),
    "cabinet-nothing-found": Place(EMPLOYER, "/cabinet/?search=000"),
    "check-history-empty": Place(STOPPED, "/cabinet/applications/{instance[waits]}/check/history"),
}

_OF_EMPLOYERS = {
    "task-details": Place(EMPLOYER, "/tasks/{task[details]}"),
    "task-details-refused": Place(
        EMPLOYER,
        "/tasks/{task[details]}",
        typed={"iban": "KZ00", "head_kk": ""},
        pressed="Complete",
        refused=True,
    ),
    "task-application": Place(EMPLOYER, "/tasks/{task[application]}"),
    "task-application-refused": Place(
        EMPLOYER,
        "/tasks/{task[answered wrong]}",
        typed={"places": "0"},
        pressed="Continue",
        refused=True,
    ),
    "task-application-stopped": Place(
        EMPLOYER, "/tasks/{task[application]}", pressed="Save and go on later"
    ),
    "task-answers": Place(EMPLOYER, "/tasks/{task[answered]}/review"),
    "task-sign": Place(EMPLOYER, "/tasks/{task[sign]}"),
    "task-sign-ways": Place(EMPLOYER, "/tasks/{task[sign]}", pressed="Continue"),
    "task-sign-on-a-phone": Place(EMPLOYER, "/tasks/{task[sign]}", pressed="Continue", phone=True),
    "sign-elsewhere": Place(EMPLOYER, "/sign/elsewhere/{task[sign]}", phone=True),
    "sign-waiting": Place(EMPLOYER, "/sign/"),
    "sign-waiting-nothing": Place("Demo Employer 3", "/sign/"),
    "sign-try": Place(EMPLOYER, "/sign/try"),
    "sign-try-on-a-phone": Place(EMPLOYER, "/sign/try", phone=True),
    "sign-tried": Place(EMPLOYER, "/sign/try", pressed="Sign with a demo key"),
    "task-answer": Place(EMPLOYER, "/tasks/{task[answer]}"),
    "task-answer-refused": Place(
        EMPLOYER, "/tasks/{task[answer]}", pressed="Complete", refused=True
    ),
    "task-corrected-details": Place(EMPLOYER, "/tasks/{task[corrected]}"),
    "task-corrected-form": Place(EMPLOYER, "/tasks/{task[corrected form]}"),
    "task-signed-again": Place(EMPLOYER, "/tasks/{task[signed again]}"),
    "task-contract": Place(EMPLOYER, "/tasks/{task[contract]}"),
    "task-vacancy": Place(EMPLOYER, "/tasks/{task[vacancy: application]}"),
    "task-vacancy-refused": Place(
        EMPLOYER,
        "/tasks/{task[vacancy: application]}",
        typed={"salary": "-1"},
        pressed="Complete",
        refused=True,
    ),
    "task-vacancy-state": Place(EMPLOYER, "/tasks/{task[old: application: report_vacancy]}"),
    "completed": Place(EMPLOYER, "/tasks/{task[completed]}", 409),
    "not-open": Place(EMPLOYER, "/instances/", 403),
    "unknown": Place(EMPLOYER, "/tasks/nothing", 404),
}

_OF_STAFF = {
    "task-demand": Place(SPECIALIST, "/tasks/{task[demand]}"),
    "task-review": Place(SPECIALIST, "/tasks/{task[review]}"),
    "task-review-refused": Place(
        SPECIALIST, "/tasks/{task[review]}", pressed="Complete", refused=True
    ),
    "task-remark": Place(OF_ASTANA, "/tasks/{task[remarked]}"),
    "task-remark-refused": Place(
        OF_ASTANA, "/tasks/{task[remarked]}", pressed="Complete", refused=True
    ),
    "task-advice": Place(OF_ASTANA, "/tasks/{task[advised]}"),
    "task-list": Place(SPECIALIST, "/tasks/{task[list]}"),
    "task-decision": Place(SPECIALIST, "/tasks/{task[decision]}"),
    "task-decision-refused": Place(
        SPECIALIST,
        "/tasks/{task[decision]}",
        ticked=("field-decision-2",),
        pressed="Complete",
        refused=True,
    ),
    "task-contract-draft": Place(SPECIALIST, "/tasks/{task[draft]}"),
    "task-contract-draft-refused": Place(
        SPECIALIST, "/tasks/{task[draft]}", pressed="Complete", refused=True
    ),
    "task-director": Place(DIRECTOR, "/tasks/{task[director]}"),
    "task-overdue": Place(UNIT_HEAD, "/tasks/{task[overdue: act_on_overdue]}"),
    "task-monitoring": Place(ANALYST, "/tasks/{task[old: application: monitor_vacancy]}"),
    "tasks-group": Place(SPECIALIST, "/tasks/?tab=group"),
    "tasks-overdue": Place(SPECIALIST, "/tasks/?tab=overdue"),
    "tasks-nothing-found": Place(SPECIALIST, "/tasks/?tab=group&search=000"),
    "tasks-together": Place(SPECIALIST, "/tasks/together?task={task[review]}&task={task[back]}"),
    "tasks-apart": Place(SPECIALIST, "/tasks/together?task={task[demand]}&task={task[keyboard]}"),
    "tasks-mine-empty": Place(ANALYST, "/tasks/?tab=mine"),
    "instances-all": Place(SPECIALIST, "/instances/?state=all"),
    "instance": Place(SPECIALIST, "/instances/{instance[published: application]}"),
    "instance-contract": Place(SPECIALIST, "/instances/{instance[published]}"),
    "instance-remarked": Place(OF_ASTANA, "/instances/{instance[corrected form]}"),
    "instance-stopped": Place(OPERATOR, "/instances/{instance[stopped]}"),
    "definition": Place(OPERATOR, "/cockpit/definitions/{definition[fk_b03_contract]}"),
    "decisions": Place(OPERATOR, "/cockpit/decisions/"),
    "decision-table": Place(OPERATOR, "/cockpit/decisions/{decision[fk_b03_measures_confirmed]}"),
    "decision-text": Place(OPERATOR, "/cockpit/decisions/{decision[fk_b03_places_offered]}"),
    "incidents": Place(OPERATOR, "/cockpit/incidents"),
    "registries": Place(OPERATOR, "/cockpit/registries"),
    "working-days-shown": Place(ANALYST, "/working-days/", 403),
    "settings-terms": Place(OWNER, "/settings/fk_b03/terms"),
    "settings-windows": Place(OWNER, "/settings/fk_b03/windows"),
    "settings-eligibility": Place(OWNER, "/settings/fk_b03/eligibility"),
    "settings-centres": Place(UNIT_HEAD, "/settings/fk_b03/centre_details"),
    "settings-window": Place(OWNER, "/settings/fk_b03/windows/edit"),
    "settings-window-refused": Place(
        OWNER, "/settings/fk_b03/windows/edit", pressed="See what would change", refused=True
    ),
    "settings-centre": Place(UNIT_HEAD, CENTRE),
    "settings-centre-preview": Place(
        UNIT_HEAD,
        CENTRE,
        typed={"value.phone": "+7 (727) 300-00-09", "note": "№ 7"},
        pressed="See what would change",
    ),
    "messages-failed": Place(OWNER, "/messages/?state=failed"),
    "message": Place(OWNER, "/messages/1"),
    "message-text": Place(OWNER, "/messages/texts/fk_b03/returned"),
    "message-text-refused": Place(
        OWNER,
        "/messages/texts/fk_b03/returned",
        typed={"subject-kk": "{nothing}"},
        pressed="See how it will look",
        refused=True,
    ),
    "message-text-preview": Place(
        OWNER, "/messages/texts/fk_b03/returned", pressed="See how it will look"
    ),
    "mailbox": Place(OWNER, "/messages/mailbox/"),
    "mail": Place(OWNER, "/messages/mailbox/{mail}"),
    "demo-registries": Place(EMPLOYER, "/demo/registries/"),
}

PLACES = {**_of_every_role(), **_CABINET, **_OF_EMPLOYERS, **_OF_STAFF}

SEEN_BY_OTHERS = {
    name
    for name, place in _of_every_role().items()
    if name != next(each for each in PLACES if PLACES[each].path == place.path)
}
"""First pages of areas that a place before them has already, for another role."""

NO_PAGES = {
    "auth.home": "leads to one's own first page",
    "cabinet.check_progress": "a part of the page of the check, fetched anew",
    "cabinet.progress": "JSON",
    "documents.evidence": "a file",
    "documents.show": "a file",
    "documents.signature": "a file",
    "documents.signed": "a file",
    "health.show": "JSON",
    "instances.diagram": "a file",
    "static": "files",
    "tasklist.back_from_signing": "leads back to the task",
}
"""Addresses that answer with something else than a page, and with what."""
