"""Bytes that are no signature of exactly one signer."""

from __future__ import annotations

import hashlib
from typing import Any

from asn1crypto import cms as asn1

from engine.signatures.demo import DemoKey
from engine.signatures.signing import sign_detached
from tests.support.cms import CONTENT, Verify, changed, refused, signed, signed_anew


def test_bytes_that_are_no_signature(verified: Verify, head: DemoKey) -> None:
    good = signed(head)
    for cms in (b"", b"\x30", b"PDF", good[:-1], good + b"\x00", b"\x00" * (1024 * 1024 + 1)):
        refused("parse", verified, cms)
    other_type = asn1.ContentInfo({"content_type": "data", "content": b"x"}).dump()
    refused("parse", verified, other_type)


def test_two_signers_and_none(head: DemoKey, verified: Verify) -> None:
    def twice(data: Any, signer: Any) -> None:
        data["signer_infos"] = [signer, signer]

    def never(data: Any, _signer: Any) -> None:
        data["signer_infos"] = []

    refused("one_signer", verified, changed(signed(head), twice))
    refused("one_signer", verified, changed(signed(head), never))


def test_attributes_that_are_missing_or_twice(head: DemoKey, verified: Verify) -> None:
    def without(data: Any, signer: Any) -> None:
        signer["signed_attrs"] = None

    def twice(signer: Any) -> None:
        attributes = list(signer["signed_attrs"])
        signer["signed_attrs"] = asn1.CMSAttributes([*attributes, attributes[-1]])

    def two_values(signer: Any) -> None:
        digest = hashlib.sha256(CONTENT).digest()
        signer["signed_attrs"] = asn1.CMSAttributes(
            [
                signer["signed_attrs"][0],
                asn1.CMSAttribute({"type": "message_digest", "values": [digest, digest[::-1]]}),
            ]
        )

    refused("parse", verified, changed(signed(head), without))
    refused("parse", verified, signed_anew(head, signed(head), twice))
    refused("parse", verified, signed_anew(head, signed(head), two_values))


def test_a_missing_certificate(head: DemoKey, person: DemoKey, verified: Verify) -> None:
    def strip(data: Any, _signer: Any) -> None:
        data["certificates"] = []

    refused("certificate", verified, changed(signed(head), strip))
    other = sign_detached(head.private_key, head.certificate, CONTENT)

    def exchange(data: Any, _signer: Any) -> None:
        data["certificates"] = asn1.ContentInfo.load(signed(person))["content"]["certificates"]

    refused("certificate", verified, changed(other, exchange))
