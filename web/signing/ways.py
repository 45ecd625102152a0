"""The ways to sign that a page offers.

A way is a name: `templates/signing/<name>.html` offers it, and what it brings is posted to the
page's own address as `cms` (and the `nonce` it was made for). A further way, say a QR code for
eGov Mobile, is another name with its template; nothing on the server changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import g, request

from engine.signatures import oids
from web.context import person, settings, surroundings
from web.language import language
from web.security import NCALAYER as CONNECTS_TO


@dataclass(frozen=True)
class Ways:
    """What is offered, in this order. `request` is what NCALayer is asked, as JSON, without the
    data; `address` where it listens."""

    names: tuple[str, ...]
    address: str
    request: str

    @property
    def on_a_phone(self) -> bool:
        return "phone" in self.names


def offered(
    party: str | None = None, *, any_key: bool = False, as_representative: bool = False
) -> Ways:
    """The ways for the person and the device at hand, for the enterprise `party`.

    The page may then connect to NCALayer. `any_key`: NCALayer offers every key for signing, else
    the person's own for this enterprise, for a representative every one of theirs.
    """
    phone = is_phone()
    names = ["phone" if phone else "ncalayer", "file"]
    if surroundings().signer is not None:
        names.append("demo")
    own = settings()
    if not phone:
        setattr(g, CONNECTS_TO, own.ncalayer)
    wanted = {} if any_key else {"iin": person().iin or ""}
    if not (any_key or as_representative):
        wanted["bin"] = signed_for(party) or ""
    return Ways(tuple(names), own.ncalayer, json.dumps(_request(wanted, own.time_stamps)))


def is_phone() -> bool:
    """Whether the browser says that it runs on a phone, where there is no NCALayer."""
    hint = request.headers.get("Sec-CH-UA-Mobile")
    if hint is not None:
        return hint == "?1"
    agent = request.headers.get("User-Agent", "")
    return "Mobi" in agent or "Android" in agent


def signed_for(party: str | None, bins: Iterable[str] | None = None) -> str | None:
    """The BIN in the certificate: of the enterprise concerned, else of the person's own office.

    None for a sole trader's own case: their certificate is a person's, whatever else they head.
    """
    own = frozenset(person().bins if bins is None else bins)
    if party in own:
        return party
    if party is not None and party == person().iin:
        return None
    return next(iter(own)) if len(own) == 1 else None


def _request(wanted: dict[str, str], time_stamps: bool) -> dict[str, Any]:
    """The arguments of `sign` in NCALayer's module kz.gov.pki.knca.basics."""
    params: dict[str, Any] = {"decode": True, "encapsulate": False, "digested": False}
    if time_stamps:
        params["tsaProfile"] = {}
    return {
        "allowedStorages": None,
        "format": "cms",
        "signingParams": params,
        "signerParams": {"extKeyUsageOids": [oids.EMAIL_PROTECTION], **wanted},
        "locale": language(),
    }
