"""Chains that lead to no trusted root, or that are not valid at the moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

from engine.signatures import (
    TrustStore,
)
from engine.signatures.demo import DemoAuthority, DemoKey
from engine.signatures.signing import sign_detached
from tests.support.cms import CONTENT, Verify, refused, signed


def test_a_foreign_root_of_the_same_name(
    tmp_path: Path, authority: DemoAuthority, people: SimpleNamespace, verified: Verify
) -> None:
    foreign = DemoAuthority.create(tmp_path / "foreign")
    assert foreign.root.certificate.subject == authority.root.certificate.subject
    key = foreign.issue("Асан Үлгі", people.iin, people.bin)
    refused("chain", verified, signed(key))
    with_root = sign_detached(
        key.private_key, key.certificate, CONTENT, (*key.issuing, foreign.root.certificate)
    )
    refused("chain", verified, with_root)


def test_nobody_is_trusted_by_an_empty_store(head: DemoKey, verified: Verify) -> None:
    refused("chain", verified, signed(head), trust=TrustStore(()))


def test_a_chain_with_a_link_missing(head: DemoKey, verified: Verify) -> None:
    refused("chain", verified, sign_detached(head.private_key, head.certificate, CONTENT))


def test_a_person_can_not_issue_certificates(
    authority: DemoAuthority, head: DemoKey, people: SimpleNamespace, verified: Verify
) -> None:
    pretender = DemoAuthority(authority.directory, head, head)
    key = pretender.issue("Үлгі", people.iin, people.bin)
    cms = sign_detached(
        key.private_key, key.certificate, CONTENT, (head.certificate, *head.issuing)
    )
    refused("chain", verified, cms)


def test_certificates_are_valid_for_a_time(
    authority: DemoAuthority, people: SimpleNamespace, verified: Verify, at: datetime
) -> None:
    day = timedelta(days=1)
    expired = authority.issue(
        "A", people.iin, people.bin, not_before=at - 2 * day, not_after=at - day
    )
    error = refused("validity", verified, signed(expired))
    assert "07.01.2026–08.01.2026" in str(error)
    not_yet = authority.issue("A", people.iin, people.bin, not_before=at + day)
    refused("validity", verified, signed(not_yet))
    assert verified(signed(expired), at=at - day - timedelta(hours=1)).signer.iin


def test_an_authority_is_valid_for_a_time(head: DemoKey, verified: Verify) -> None:
    refused("chain", verified, signed(head), at=datetime(2019, 1, 1, tzinfo=UTC))
