"""Documents as tests read them: headings, links, tables, blocks of code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_LINK = re.compile(r"\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+)\)")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`]+)`")
_RULE = re.compile(r"\|[-| ]+\|$")


@dataclass(frozen=True)
class Block:
    """A block of code. `before` is the line of text above it."""

    language: str
    text: str
    before: str


@dataclass(frozen=True)
class Document:
    """One Markdown file."""

    path: Path
    text: str

    @property
    def prose(self) -> str:
        """The text without its blocks of code."""
        return _BLOCK.sub("", self.text)

    @property
    def links(self) -> list[str]:
        """What links lead to, pictures among them."""
        return _LINK.findall(self.prose)

    @property
    def anchors(self) -> set[str]:
        """The anchors that headings give, as GitHub makes them."""
        headings = re.findall(r"^#+ (.+)$", self.prose, re.MULTILINE)
        return {_anchor(heading) for heading in headings}

    @property
    def blocks(self) -> list[Block]:
        """The blocks of code in order."""
        return [
            Block(found[1], found[2], self.text[: found.start()].rstrip().rpartition("\n")[2])
            for found in _BLOCK.finditer(self.text)
        ]

    def section(self, heading: str) -> str:
        """The text below a heading, up to the next one of its level or above."""
        level = re.search(rf"^(#+) {re.escape(heading)}$", self.text, re.MULTILINE)
        assert level is not None, heading
        rest = self.text[level.end() :]
        following = re.search(rf"^#{{1,{len(level[1])}}} ", rest, re.MULTILINE)
        return rest[: following.start()] if following else rest

    def rows(self, heading: str) -> list[list[str]]:
        """The cells of every table below a heading, without the tables' heads."""
        lines = self.section(heading).splitlines()
        return [
            [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            for line, following in zip(lines, [*lines[1:], ""], strict=True)
            if line.startswith("|") and not _RULE.match(line) and not _RULE.match(following)
        ]


def document(name: str) -> Document:
    """A document by its path below the checkout."""
    path = ROOT / name
    return Document(path, path.read_text(encoding="utf-8"))


def codes(cell: str) -> list[str]:
    """What stands as code in a text."""
    return _CODE.findall(cell)


def _anchor(heading: str) -> str:
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    kept = re.sub(r"[^\w\- ]", "", plain.lower().replace("`", ""))
    return kept.replace(" ", "-")
