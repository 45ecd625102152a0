"""What is judged of a page as it stands in a browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.support.pieces import missing
from web.configuration import ROOT

AXE = ROOT / "web" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"

_LATIN = re.compile(r"[A-Za-z]{2,}")
_UNDERSTOOD = re.compile(
    r"Qadam|SHA-256|UTC|NCALayer|CMS|base64|IBAN|BIC|\bKZ\w*|FK-B|"
    r"\b[A-Z]{4}KZ\w\w\b|Kaspi Bank|ForteBank|Bank RBK|\d{12}/\w+/\d{4}|\S+@\S+|\S[^\n]*\.pdf"
)
"""Latin words of a page in another script: codes and names of banks, codes of sources, keys of
contracts, names of files."""

_RAW = re.compile(
    r"\bNone\b|\bnull\b|\bundefined\b|\bTrue\b|\bFalse\b"
    r"|\b[a-z]+_[a-z0-9_]+\b|\b\d{4}-\d\d-\d\d\b|\b[0-9a-f]{24}\b|\{\{|%\("
)
_SERIOUS = """async (colours) => {
    const rules = { 'color-contrast': { enabled: colours } };
    const drawing = { exclude: ['.djs-container'] };
    const found = await axe.run(drawing, { rules, resultTypes: ['violations'] });
    return found.violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' · ')}`);
}"""
_OWN_TEXT = """() => {
    const language = document.documentElement.lang;
    const foreign = `body [lang]:not([lang=${language}]), [translate=no], .q-hash, .q-diagram`;
    const hidden = [...document.querySelectorAll(foreign)];
    hidden.forEach((each) => each.setAttribute('hidden', ''));
    const text = document.body.innerText;
    hidden.forEach((each) => each.removeAttribute('hidden'));
    return text;
}"""
_TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('main *, header *, footer *')]
        .filter((each) => each.getBoundingClientRect().right > width + 1)
        .map((each) => `${each.tagName}.${each.className}`);
}"""


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    found: list[str] = page.evaluate(_TOO_WIDE)
    return found


def violations(page: Page, *, colours: bool) -> list[str]:
    """What axe finds that is serious or critical; in the contrast of colours only if told so."""
    if not page.evaluate("'axe' in window"):
        if not AXE.is_file():
            missing("axe-core (web/frontend/install.sh brings it)")
        page.context.add_init_script(path=AXE)
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_SERIOUS, colours)
    return found


def foreign_words(page: Page) -> set[str]:
    """Latin words on a page in Kazakh or Russian that are neither names nor codes."""
    return set(_LATIN.findall(_UNDERSTOOD.sub("", _own_text(page))))


def raw_codes(page: Page) -> set[str]:
    """What a page should say in words: codes, ids, days of machines, values of Python."""
    return set(_RAW.findall(_own_text(page)))


def _own_text(page: Page) -> str:
    """The page's text without what is marked as another language's or as a machine's."""
    text: str = page.evaluate(_OWN_TEXT)
    return text
