"""The demo authority keeps its keys to itself and its people's keys for the next time."""

from __future__ import annotations

import stat
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.signatures import DEMO_NAME, Expectation, TrustStore, verify
from engine.signatures.demo import DemoAuthority, DemoAuthorityUnreadable


def test_what_is_signed_with_a_demo_key_passes(
    authority: DemoAuthority, trust: TrustStore, people: SimpleNamespace, at: datetime
) -> None:
    cms = authority.sign(b"document", iin=people.iin, bin=people.bin, name="Асан Үлгі")
    expect = Expectation(people.iin, frozenset({people.bin}))
    evidence = verify(cms, b"document", trust, expect, at)
    assert evidence.is_demo
    own = authority.sign(b"document", iin=people.iin, bin=None, name="Асан Үлгі")
    trader = Expectation(people.iin, frozenset({people.iin}))
    assert verify(own, b"document", trust, trader, at).signer.bin is None


def test_the_root_says_what_it_is(authority: DemoAuthority) -> None:
    assert DEMO_NAME == "Qadam demo authority (not for real use)"
    assert DEMO_NAME in authority.root.certificate.subject.rfc4514_string()


def test_files_are_the_owners_only(authority: DemoAuthority, people: SimpleNamespace) -> None:
    authority.key_of("A", people.iin)
    files = [path for path in authority.directory.rglob("*") if path.is_file()]
    assert len(files) >= 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    folders = [path for path in authority.directory.rglob("*") if path.is_dir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}


def test_the_trust_directory_holds_no_key(authority: DemoAuthority) -> None:
    files = list(authority.trust_directory.iterdir())
    assert len(files) == 1
    assert b"PRIVATE" not in files[0].read_bytes()


def test_it_is_the_same_the_next_time(tmp_path: Path, people: SimpleNamespace) -> None:
    first = DemoAuthority.create(tmp_path / "a")
    key = first.key_of("A", people.iin, people.bin)
    again = DemoAuthority.create(tmp_path / "a")
    assert again.root.certificate == first.root.certificate
    assert again.key_of("A", people.iin, people.bin).certificate == key.certificate
    assert again.key_of("A", people.other_iin).certificate != key.certificate


def test_the_root_can_be_published(authority: DemoAuthority, tmp_path: Path) -> None:
    file = authority.publish_root(tmp_path / "trust")
    assert file.parent == tmp_path / "trust"
    assert not TrustStore.from_directory(tmp_path / "trust", demo=True).is_empty


@pytest.mark.parametrize("number", ["../../x", "", "12345678901a"])
def test_numbers_are_numbers(authority: DemoAuthority, number: str) -> None:
    with pytest.raises(ValueError, match="Expected twelve digits"):
        authority.key_of("A", number)


def test_damaged_files(tmp_path: Path) -> None:
    DemoAuthority.create(tmp_path / "a")
    (tmp_path / "a" / "issuing.pem").write_text("x")
    with pytest.raises(DemoAuthorityUnreadable, match=r"issuing\.pem"):
        DemoAuthority.create(tmp_path / "a")
