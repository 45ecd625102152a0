"""A demo authority with its trust store, people with invented numbers, and what verifies."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from engine.identifiers import bin_check_digit, iin_check_digit
from engine.signatures import Evidence, Expectation, TrustStore, verify
from engine.signatures.demo import DemoAuthority, DemoKey
from tests.support.cms import CONTENT, Verify


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> DemoAuthority:
    return DemoAuthority.create(tmp_path_factory.mktemp("demo") / "authority")


@pytest.fixture(scope="session")
def trust(authority: DemoAuthority) -> TrustStore:
    return TrustStore.from_directory(authority.trust_directory, demo=True)


@pytest.fixture(scope="session")
def people() -> SimpleNamespace:
    """Numbers: `iin` of the signer, `other_iin`; `bin` of their enterprise, `other_bin`."""
    return SimpleNamespace(
        iin=f"90010130000{iin_check_digit('90010130000')}",
        other_iin=f"91020240000{iin_check_digit('91020240000')}",
        bin=f"20014000001{bin_check_digit('20014000001')}",
        other_bin=f"20014000002{bin_check_digit('20014000002')}",
    )


@pytest.fixture(scope="session")
def head(authority: DemoAuthority, people: SimpleNamespace) -> DemoKey:
    """The key of the enterprise's head."""
    return authority.issue("Асан Үлгі", people.iin, people.bin, organisation="ТОО «Образец»")


@pytest.fixture(scope="session")
def person(authority: DemoAuthority, people: SimpleNamespace) -> DemoKey:
    """The same person's own key, without an organisation."""
    return authority.issue("Асан Үлгі", people.iin)


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 1, 9, 10, 0, tzinfo=UTC)


@pytest.fixture(name="verified")
def _verified(trust: TrustStore, people: SimpleNamespace, at: datetime) -> Verify:
    def verified(cms: bytes, content: bytes = CONTENT, **changes: Any) -> Evidence:
        expect = Expectation(
            changes.get("iin", people.iin), changes.get("bins", frozenset({people.bin}))
        )
        return verify(cms, content, changes.get("trust", trust), expect, changes.get("at", at))

    return verified
