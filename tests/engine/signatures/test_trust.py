"""Which certificates are trusted, and that the demo authority never is in earnest."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from engine.signatures import DEMO_NAME, DemoRootInProduction, TrustStore, TrustUnreadable
from engine.signatures.demo import DemoAuthority, DemoKey


def test_a_demo_root_is_refused_in_production(authority: DemoAuthority) -> None:
    with pytest.raises(DemoRootInProduction, match="EDS_MODE=demo"):
        TrustStore.from_directory(authority.trust_directory)
    assert len(TrustStore.from_directory(authority.trust_directory, demo=True).roots) == 1


def test_so_is_whatever_the_demo_root_issued(head: DemoKey, tmp_path: Path) -> None:
    (tmp_path / "issuing.pem").write_bytes(head.issuing[0].public_bytes(Encoding.PEM))
    with pytest.raises(DemoRootInProduction):
        TrustStore.from_directory(tmp_path)


def test_pem_and_der_and_several_in_one_file(
    authority: DemoAuthority, head: DemoKey, tmp_path: Path
) -> None:
    (tmp_path / "root.der").write_bytes(authority.root.certificate.public_bytes(Encoding.DER))
    both = [
        each.public_bytes(Encoding.PEM) for each in (authority.root.certificate, head.issuing[0])
    ]
    (tmp_path / "all.CRT").write_bytes(b"\n".join(both))
    (tmp_path / "README.txt").write_text("not a certificate")
    (tmp_path / "folder.pem").mkdir()
    store = TrustStore.from_directory(tmp_path, demo=True)
    assert len(store.roots) == 2
    assert [each.subject.native["common_name"] for each in store.roots] == [DEMO_NAME] * 2
    assert len(store.issuing) == 1
    assert store.passed_over == ("README.txt", "folder.pem")
    (warning,) = store.warnings
    assert "README.txt, folder.pem" in warning


def test_an_empty_or_missing_directory_trusts_nobody(tmp_path: Path) -> None:
    assert TrustStore.from_directory(tmp_path).is_empty
    assert TrustStore.from_directory(tmp_path / "missing").is_empty
    (warning,) = TrustStore.from_directory(tmp_path).warnings
    assert "every signature will be refused" in warning
    (tmp_path / ".kept").write_text("")
    (tmp_path / "roots.p7b").write_bytes(b"x")
    assert TrustStore.from_directory(tmp_path).passed_over == ("roots.p7b",)


def test_nothing_to_say_of_a_good_directory(authority: DemoAuthority) -> None:
    assert TrustStore.from_directory(authority.trust_directory, demo=True).warnings == ()


@pytest.mark.parametrize(
    "data", [b"", b"x", b"\x30\x03\x02\x01\x01", b"-----BEGIN CERTIFICATE-----\n!!\n"]
)
def test_a_file_that_is_no_certificate(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "root.pem").write_bytes(data)
    with pytest.raises(TrustUnreadable, match=r"root\.pem"):
        TrustStore.from_directory(tmp_path)
