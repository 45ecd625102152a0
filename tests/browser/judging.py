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
    r"\b[A-Z]{4}KZ\w\w\b|Kaspi Bank|ForteBank|Bank RBK|\d{12}/\w+/\d{4}|\S+@\S+|\S[^\n]*\.pdf|"
    r"\bPDF\b|\bPNG\b|\bJPEG\b|\bZIP\b|\b[\w-]+\.kz\b"
)
"""Latin words of a page in another script: codes and names of banks, codes of sources, keys of
contracts, names and kinds of files, sites."""
_FILLED_IN = re.compile(r"\{[\w.]+\}")
"""A place of a text that is filled in."""

_RAW = re.compile(
    r"\bNone\b|\bnull\b|\bundefined\b|\bTrue\b|\bFalse\b"
    r"|\b[a-z]+_[a-z0-9_]+\b|\b\d{4}-\d\d-\d\d\b|\b[0-9a-f]{24}\b|\{\{|%\("
)
_VIOLATIONS = """async () => {
    const versions = ['wcag2', 'wcag21', 'wcag22'];
    const tags = [...versions.flatMap((each) => [`${each}a`, `${each}aa`]), 'best-practice'];
    const found = await axe.run({ exclude: ['.djs-container svg'] }, {
        runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'],
    });
    return found.violations.map(({ id, nodes }) => {
        const places = nodes.map(({ target, failureSummary }) =>
            `${target} (${failureSummary.replace(/\\s+/g, ' ')})`);
        return `${id}: ${places.join(' · ')}`;
    });
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
    const { clientWidth, scrollWidth } = document.documentElement;
    const beyond = ({ left, right, width }) =>
        width > 1 && (left < -1 || (scrollWidth > clientWidth && right > clientWidth + 1));
    return [...document.querySelectorAll('main *, header *, footer *')]
        .filter((each) => !each.closest('.djs-container'))
        .filter((each) => beyond(each.getBoundingClientRect()))
        .map((each) => `${each.tagName}.${each.className}`);
}"""


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways, or is cut off at its left."""
    found: list[str] = page.evaluate(_TOO_WIDE)
    return found


def violations(page: Page) -> list[str]:
    """What axe finds: every rule of WCAG 2 (A, AA) and of good practice, whatever its impact.

    One thing is left out: the inside of the drawing that bpmn-js makes of a diagram; the same is
    told beside it in a table of words.
    """
    if not page.evaluate("'axe' in window"):
        if not AXE.is_file():
            missing("axe-core (web/frontend/install.sh brings it)")
        page.context.add_init_script(path=AXE)
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_VIOLATIONS)
    return found


def foreign_words(page: Page) -> set[str]:
    """Latin words on a page in Kazakh or Russian that are neither names nor codes."""
    own = _FILLED_IN.sub("", _own_text(page))
    return set(_LATIN.findall(_UNDERSTOOD.sub("", own)))


def raw_codes(page: Page) -> set[str]:
    """What a page should say in words: codes, ids, days of machines, values of Python."""
    return set(_RAW.findall(_FILLED_IN.sub("", _own_text(page))))


def _own_text(page: Page) -> str:
    """The page's text without what is marked as another language's or as a machine's."""
    text: str = page.evaluate(_OWN_TEXT)
    return text
