"""What the environment tells the installation."""

from __future__ import annotations

import pytest

from web.configuration import read_configuration


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("https://qadam.example.kz", "https://qadam.example.kz"),
        (" https://qadam.example.kz:8443/ ", "https://qadam.example.kz:8443"),
        ("", None),
    ],
)
def test_the_public_address_is_scheme_and_host(given: str, read: str | None) -> None:
    assert read_configuration({"QADAM_PUBLIC_URL": given}).public_url == read
    assert read_configuration({}).public_url is None


@pytest.mark.parametrize(
    "given",
    [
        "qadam.example.kz",
        "ftp://qadam.example.kz",
        "https://",
        "https://a.kz/b",
        "https://u:p@a.kz",
    ],
)
def test_what_is_no_address_of_a_site_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="QADAM_PUBLIC_URL"):
        read_configuration({"QADAM_PUBLIC_URL": given})
