"""What a list of documents says in words: types and names of files, which were made anew, and what
of a signature was checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import PurePath

from engine.queries.documents import DocumentRef
from web.language import gettext, language, words

_TYPES = {
    "application/pdf": "PDF",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
}


def file_type(media_type: str) -> str:
    """A type of files as people call it; the media type itself where they have no word for it."""
    return _TYPES.get(media_type, media_type)


def file_name(document: DocumentRef) -> str:
    """What the file of a document is called in the reader's language, with the number of its case.

    An attachment keeps the name that it was given, as does what the process has no name for.
    """
    title = words(document.names)
    if document.attached or not title:
        return document.name
    name = " ".join(part for part in (title, document.business_key) if part)
    return re.sub(r"[^\w.,() -]+", "-", name).strip(" .-") + PurePath(document.name).suffix


def current_documents(documents: Iterable[DocumentRef]) -> list[DocumentRef]:
    """The documents of a list without those that the same step made anew since."""
    listed = list(documents)
    return [each for each in listed if not _is_superseded(each, listed)]


def earlier_documents(documents: Iterable[DocumentRef]) -> list[DocumentRef]:
    """The documents of a list that the same step has made anew since, unsigned as they were."""
    listed = list(documents)
    return [each for each in listed if _is_superseded(each, listed)]


def _is_superseded(document: DocumentRef, listed: list[DocumentRef]) -> bool:
    if document.signatures or document.attached or not document.names:
        return False
    after = listed[listed.index(document) + 1 :]
    return any(_origin(each) == _origin(document) for each in after)


def _origin(document: DocumentRef) -> tuple[object, ...]:
    return document.instance_id, document.names, document.step_names


def signature_check(check: str) -> str:
    """What one check of a signature found, by its name (see `engine.signatures`)."""
    return _checks(language()).get(check, check)


@lru_cache
def _checks(_code: str) -> Mapping[str, str]:
    """The checks in the language of the page, which is `_code`; each signature lists them all."""
    return {
        "parse": gettext("The signature can be read"),
        "one_signer": gettext("It is the signature of one person"),
        "certificate": gettext("It holds the signer's certificate"),
        "algorithm": gettext("Its algorithms are accepted"),
        "content_type": gettext("It is a signature over a document"),
        "content": gettext("It holds no other document"),
        "message_digest": gettext("It is over exactly these bytes"),
        "signature": gettext("It was made with the key of the certificate"),
        "signing_time": gettext("The time that it names agrees with the server's"),
        "chain": gettext("A trusted authority issued the certificate"),
        "validity": gettext("The certificate was valid at that moment"),
        "key_usage": gettext("The key is for signing"),
        "extended_key_usage": gettext("The certificate is for signing"),
        "signer": gettext("The certificate is that of the person who signed in"),
        "organisation": gettext("The certificate is for this enterprise or centre"),
        "role": gettext("Its holder may sign for the organisation"),
        "revocation": gettext("The certificate was not revoked"),
    }
