"""The account: own enterprises, and the details for the contract that each of them keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.forms import Form
from handlers.shared.details_records import KeptDetails
from web.answers import facts_of
from web.auth import require_area
from web.cabinet.account_form import details_form, first_values
from web.context import actor, now, people, person, surroundings
from web.errors import stale_page
from web.form_view import chosen_field, problems, submitted, view_of
from web.kept_details import DetailsStore
from web.language import LANGUAGES, change_as_pressed, language

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Enterprise:
    """An own enterprise: its number, its names, what it kept, the newest first."""

    party: str
    names: Texts
    history: Sequence[KeptDetails]

    @property
    def kept(self) -> KeptDetails | None:
        """What it kept last."""
        return next(iter(self.history), None)


def show() -> str:
    """The person's enterprises with the language each is written to, and that of the pages."""
    require_area("cabinet")
    post = surroundings().post
    return render_template(
        "cabinet/account.html",
        enterprises=[_enterprise(party) for party in sorted(person().parties or ())],
        has_checks=surroundings().checks is not None,
        email_languages={
            party: LANGUAGES.get(code, code)
            for party, code in (post.languages(actor()) if post else {}).items()
        },
        language_name=LANGUAGES[language()],
    )


def details(party: str) -> str:
    """The details of one enterprise, to look at and to change. Raises NotFound for another's."""
    enterprise = _own(party)
    form = _form()
    kept = enterprise.kept
    values = dict(kept.details) if kept else first_values(form, enterprise.names)
    return _page(enterprise, form, values)


def keep(party: str) -> Response | str | tuple[str, int]:
    """Keeps changed details, or shows what was typed anew: after a choice that others follow, or in
    another language (`lang`). Raises NotFound."""
    enterprise = _own(party)
    form = _form()
    values = submitted(form)
    if change_as_pressed() or chosen_field() is not None:
        return _page(enterprise, form, values)
    errors = problems(form, values)
    if errors:
        return _page(enterprise, form, values, errors), 422
    if _store().keep(party, values, actor().user, now()):
        flash(gettext("Saved. The next application begins with these details."))
    else:
        flash(gettext("Nothing has changed."))
    return redirect(url_for("cabinet.account"))


def redrawn(party: str) -> str:
    """The form with what was typed, of a press that did not count: another session's."""
    form = _form()
    return _page(_own(party), form, submitted(form), stale_page())


def _page(
    enterprise: Enterprise,
    form: Form,
    values: Mapping[str, object],
    errors: Mapping[str, Texts] | None = None,
) -> str:
    return render_template(
        "cabinet/account_details.html",
        enterprise=enterprise,
        form=view_of(form, values, errors, chosen=chosen_field()),
        history=[(row, facts_of(form.fields, row.details)) for row in enterprise.history],
    )


def _own(party: str) -> Enterprise:
    require_area("cabinet")
    if party not in (person().parties or ()):
        raise NotFound
    return _enterprise(party)


def _enterprise(party: str) -> Enterprise:
    return Enterprise(party, people().enterprise(party), _store().kept(party))


def _store() -> DetailsStore:
    """Raises NotFound where this installation keeps none."""
    store = surroundings().details
    if store is None:
        raise NotFound
    return store


def _form() -> Form:
    """Raises NotFound where no process that the person may start asks for details."""
    form = details_form()
    if form is None:
        raise NotFound
    return form
