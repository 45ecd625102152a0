"""Signatures of the demo authority's keys over one text: as they are, and changed afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from asn1crypto import cms as asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from engine.signatures import (
    Evidence,
    SignatureRefused,
)
from engine.signatures.demo import DemoKey
from engine.signatures.signing import sign_detached

CONTENT = "Өтініш № 1".encode()
Verify = Callable[..., Evidence]


def signed(key: DemoKey, content: bytes = CONTENT, **options: Any) -> bytes:
    return sign_detached(key.private_key, key.certificate, content, key.issuing, **options)


def refused(check: str, verified: Verify, *arguments: Any, **changes: Any) -> SignatureRefused:
    with pytest.raises(SignatureRefused) as caught:
        verified(*arguments, **changes)
    assert caught.value.check == check
    assert set(caught.value.messages) == {"kk", "ru", "en"}
    assert "{detail}" not in "".join(caught.value.messages.values())
    return caught.value


def changed(cms: bytes, change: Callable[[Any, Any], None]) -> bytes:
    """The CMS after `change(signed data, signer info)`, encoded anew; not signed again."""
    info = asn1.ContentInfo.load(cms)
    change(info["content"], info["content"]["signer_infos"][0])
    return info.dump(force=True)


def signed_anew(key: DemoKey, cms: bytes, change: Callable[[Any], None]) -> bytes:
    """The CMS after `change(signer info)`, with a right signature over the changed attributes."""

    def sign(_data: Any, signer: Any) -> None:
        change(signer)
        attributes = asn1.CMSAttributes.load(signer["signed_attrs"].untag().dump(force=True))
        signer["signature"] = key.private_key.sign(
            attributes.dump(), padding.PKCS1v15(), hashes.SHA256()
        )

    return changed(cms, sign)
