"""The verifier that the settings choose, and whose certificate a signature names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.identity import Actor
from engine.signatures import RevocationAnswers, RevocationMode, SignatureRefused, TrustStore
from engine.signatures.demo import DemoAuthority
from engine.signatures.ncanode import Statement
from tests.support.signing import Keys
from tests.web.conftest import NOW
from web.bootstrap import SettingMissing, verifier
from web.configuration import read_configuration
from web.signature_check import TrustedSignatures, certificate_in, signatures_of

IIN, BIN = "850312390018", "150140000012"
NOBODY = TrustStore(())


class Source:
    """Answers that are given, and how often they were asked for."""

    def __init__(self, *crls: bytes) -> None:
        self.crls = crls
        self.asked = 0

    def answers(self, chain: tuple[bytes, ...]) -> RevocationAnswers:
        self.asked += 1
        return RevocationAnswers(crls=self.crls)


@pytest.fixture(name="authority", scope="module")
def _authority(tmp_path_factory: pytest.TempPathFactory) -> DemoAuthority:
    return DemoAuthority.create(tmp_path_factory.mktemp("demo"))


@pytest.fixture(name="keys", scope="module")
def _keys(authority: DemoAuthority, tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return Keys(authority, tmp_path_factory.mktemp("keys"), IIN, BIN, NOW)


@pytest.fixture(name="trust")
def _trust(authority: DemoAuthority) -> TrustStore:
    return TrustStore.from_directory(authority.trust_directory, demo=True)


def test_revocation_is_asked_first_and_judged_later(trust: TrustStore, keys: Keys) -> None:
    source = Source(*keys.revocation_lists())
    signatures = TrustedSignatures(trust, RevocationMode.REQUIRED, source)
    actor = Actor("a", iin=IIN, bins=frozenset({BIN}))

    def verify(cms: bytes, asked: object) -> Any:
        return signatures.verify(cms, b"x", actor, BIN, NOW, asked)

    right = keys.right(b"x")
    asked = signatures.ask(right, b"x", NOW)
    assert source.asked == 1
    assert verify(right, asked)["revocation"] == "not revoked"
    for without in (None, RevocationAnswers(), Statement("", "", 200, {})):
        with pytest.raises(SignatureRefused) as caught:
            verify(right, without)
        assert caught.value.check == "revocation"
    revoked = keys.wrong("revoked", b"x")
    with pytest.raises(SignatureRefused) as caught:
        verify(revoked, signatures.ask(revoked, b"x", NOW))
    assert caught.value.check == "revoked"


def test_nobody_is_asked_about_a_signature_without_a_chain(trust: TrustStore, keys: Keys) -> None:
    source = Source()
    signatures = TrustedSignatures(trust, RevocationMode.REQUIRED, source)
    for how in ("nonsense", "unknown root"):
        assert signatures.ask(keys.wrong(how, b"x"), b"x", NOW) == RevocationAnswers()
    off = TrustedSignatures(trust, RevocationMode.OFF, source)
    assert off.ask(keys.right(b"x"), b"x", NOW) is None
    assert source.asked == 0


def test_with_ncanode_a_gost_signature_needs_its_answer(trust: TrustStore, keys: Keys) -> None:
    settings = {"QADAM_EDS_VERIFIER": "ncanode", "QADAM_NCANODE_URL": "http://127.0.0.1:1"}
    signatures = signatures_of(settings, trust, demo=True)
    actor = Actor("a", iin=IIN, bins=frozenset({BIN}))
    gost = keys.wrong("GOST", b"x")
    for asked in (signatures.ask(gost, b"x", NOW), None):
        with pytest.raises(SignatureRefused) as caught:
            signatures.verify(gost, b"x", actor, BIN, NOW, asked)
        assert caught.value.check == "verifier"
    assert (
        signatures.verify(keys.right(b"x"), b"x", actor, BIN, NOW, None)["verifier"] == "built-in"
    )


def test_revocation_is_required_unless_told_otherwise() -> None:
    assert signatures_of({}, NOBODY, demo=False).mode is RevocationMode.REQUIRED
    assert signatures_of({}, NOBODY, demo=True).mode is RevocationMode.OFF
    soft = signatures_of({"QADAM_EDS_REVOCATION": "soft"}, NOBODY, demo=False)
    assert soft.mode is RevocationMode.SOFT


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"QADAM_EDS_REVOCATION": "maybe"}, "required, soft or off"),
        ({"QADAM_EDS_VERIFIER": "other"}, "built-in or ncanode"),
        ({"QADAM_EDS_VERIFIER": "ncanode"}, "http address"),
        ({"QADAM_EDS_REVOCATION": "soft", "QADAM_EDS_OCSP_URL": "ftp://x"}, "http address"),
        ({"QADAM_EDS_REVOCATION": "soft", "QADAM_EDS_CRL_URLS": "http://x y"}, "http address"),
    ],
)
def test_a_setting_that_can_not_be_used_stops_the_start(
    tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        signatures_of(settings, NOBODY, demo=False)
    with pytest.raises(SettingMissing, match=sentence):
        verifier(read_configuration({"QADAM_DATA": str(tmp_path), **settings}))


def test_whose_certificate_it_is(keys: Keys) -> None:
    found = certificate_in(keys.wrong("expired", b"x"))
    assert found is not None
    assert (found.subject.iin, found.subject.bin) == (IIN, BIN)
    assert found.not_after < NOW
    assert certificate_in(b"nothing") is None
