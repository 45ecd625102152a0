"""What a list of documents says in words: types of files, and what of a signature was checked."""

from __future__ import annotations

from flask_babel import gettext

_TYPES = {
    "application/pdf": "PDF",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
}


def file_type(media_type: str) -> str:
    """A type of files as people call it; the media type itself where they have no word for it."""
    return _TYPES.get(media_type, media_type)


def signature_check(check: str) -> str:
    """What one check of a signature found, by its name (see `engine.signatures`)."""
    return _checks().get(check, check)


def _checks() -> dict[str, str]:
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
