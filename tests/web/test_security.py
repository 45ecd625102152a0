"""Redirects stay on this site."""

from __future__ import annotations

import pytest

from web.security import is_local


@pytest.mark.parametrize("address", ["/", "/tasks/", "/tasks/1?tab=mine&after=x%3D", "/a//b"])
def test_paths_of_this_site_are_local(address: str) -> None:
    assert is_local(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "tasks",
        "//evil.example/x",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\tevil",
        "\n//evil.example",
        "http:/evil.example",
    ],
)
def test_everything_else_is_not(address: str) -> None:
    assert not is_local(address)
