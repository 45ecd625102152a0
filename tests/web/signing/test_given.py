"""A signature comes as DER, base64 or PEM; anything else is said to be none."""

from __future__ import annotations

import base64

import pytest

from engine.errors import SignatureRefused
from web.signing.given import as_der

DER = b"\x30\x82\x01\x00\xff signature"
TEXT = base64.encodebytes(DER)


@pytest.mark.parametrize(
    "given",
    [
        DER,
        TEXT,
        TEXT.replace(b"\n", b"\r\n"),
        b"-----BEGIN CMS-----\n" + TEXT + b"-----END CMS-----\n",
        b"-----BEGIN PKCS7-----" + base64.b64encode(DER) + b"-----END PKCS7-----",
    ],
)
def test_it_is_read_in_every_form(given: bytes) -> None:
    assert as_der(given) == DER


@pytest.mark.parametrize("given", [b"not base64!", "қолтаңба".encode(), b"%PDF-1.4 \xff"])
def test_what_is_no_signature(given: bytes) -> None:
    with pytest.raises(SignatureRefused) as caught:
        as_der(given)
    assert caught.value.check == "parse"
