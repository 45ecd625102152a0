"""The verifier that the settings choose, and whose certificate a signature names."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.signatures import (
    Evidence,
    Expectation,
    RevocationAnswers,
    RevocationMode,
    SignatureRefused,
    TrustStore,
)
from engine.signatures.demo import DemoAuthority
from engine.signatures.parsing import parse
from tests.support.signing import Keys
from tests.support.small_world import NOW
from web.bootstrap import SettingMissing, verifier
from web.configuration import read_configuration
from web.signature_check import TrustedSignatures, certificate_of, signatures_of

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


def accepted(signatures: TrustedSignatures, cms: bytes) -> Evidence:
    return signatures.examine(cms, b"x", NOW).accept(Expectation(IIN, frozenset({BIN})))


def test_revocation_is_asked_once_and_said_of_the_right_signer(
    trust: TrustStore, keys: Keys
) -> None:
    source = Source(*keys.revocation_lists())
    signatures = TrustedSignatures(trust, RevocationMode.REQUIRED, source)
    examined = signatures.examine(keys.right(b"x"), b"x", NOW)
    expect = Expectation(IIN, frozenset({BIN}))
    assert [examined.accept(expect).revocation for _ in range(2)] == ["not revoked"] * 2
    assert source.asked == 1
    revoked = signatures.examine(keys.wrong("revoked", b"x"), b"x", NOW)
    for who, check in ((expect, "revoked"), (Expectation("", frozenset()), "signer")):
        with pytest.raises(SignatureRefused) as caught:
            revoked.accept(who)
        assert caught.value.check == check


def test_nobody_is_asked_about_a_signature_without_a_chain(trust: TrustStore, keys: Keys) -> None:
    source = Source()
    signatures = TrustedSignatures(trust, RevocationMode.REQUIRED, source)
    for how in ("nonsense", "unknown root"):
        with pytest.raises(SignatureRefused):
            signatures.examine(keys.wrong(how, b"x"), b"x", NOW)
    off = TrustedSignatures(trust, RevocationMode.OFF, source)
    assert accepted(off, keys.right(b"x")).revocation == "not checked"
    assert source.asked == 0


def test_with_ncanode_a_gost_signature_needs_its_answer(trust: TrustStore, keys: Keys) -> None:
    settings = {"QADAM_EDS_VERIFIER": "ncanode", "QADAM_NCANODE_URL": "http://127.0.0.1:1"}
    signatures = signatures_of(settings, trust, demo=True)
    with pytest.raises(SignatureRefused) as caught:
        signatures.examine(keys.wrong("GOST", b"x"), b"x", NOW)
    assert caught.value.check == "verifier"
    assert accepted(signatures, keys.right(b"x")).verifier == "built-in"


def test_time_stamps_are_looked_at_unless_told_otherwise(trust: TrustStore, keys: Keys) -> None:
    right = keys.right(b"x")
    assert accepted(signatures_of({}, trust, demo=True), right).time_stamp == "absent"
    off = signatures_of({"QADAM_EDS_TIME_STAMP": "off"}, trust, demo=True)
    assert accepted(off, right).time_stamp == "not configured"
    required = signatures_of({"QADAM_EDS_TIME_STAMP": "required"}, trust, demo=True)
    with pytest.raises(SignatureRefused) as caught:
        accepted(required, right)
    assert caught.value.check == "time_stamp"


def test_revocation_is_required_unless_told_otherwise() -> None:
    assert signatures_of({}, NOBODY, demo=False).mode is RevocationMode.REQUIRED
    assert signatures_of({}, NOBODY, demo=True).mode is RevocationMode.OFF
    soft = signatures_of({"QADAM_EDS_REVOCATION": "soft"}, NOBODY, demo=False)
    assert soft.mode is RevocationMode.SOFT


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"QADAM_EDS_REVOCATION": "maybe"}, "required, soft or off"),
        ({"QADAM_EDS_TIME_STAMP": "1"}, "required, soft or off"),
        ({"QADAM_EDS_VERIFIER": "other"}, "built-in or ncanode"),
        ({"QADAM_EDS_VERIFIER": "ncanode"}, "http or https address"),
        (
            {"QADAM_EDS_REVOCATION": "soft", "QADAM_EDS_OCSP_URL": "ftp://x"},
            "http or https address",
        ),
        (
            {"QADAM_EDS_REVOCATION": "soft", "QADAM_EDS_CRL_URLS": "http://x y"},
            "http or https address",
        ),
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
    found = certificate_of(parse(keys.wrong("expired", b"x")))
    assert (found.subject.iin, found.subject.bin) == (IIN, BIN)
    assert found.not_after < NOW
