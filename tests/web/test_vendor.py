"""What browsers are given from elsewhere: complete, licensed, built from locked packages."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "web" / "frontend"
STATIC = ROOT / "web" / "static"
VENDOR = STATIC / "vendor"


def test_every_file_has_its_checksum() -> None:
    lines = (VENDOR / "checksums.txt").read_text(encoding="utf-8").splitlines()
    listed = dict(reversed(line.split("  ")) for line in lines)
    present = {path.name for path in VENDOR.iterdir()} - {"checksums.txt"}
    assert set(listed) == present
    for name, checksum in listed.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == checksum, name


def test_the_bundle_is_what_the_locked_packages_build(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or not (FRONTEND / "node_modules").is_dir():
        message = "Node and web/frontend/node_modules (npm ci) are needed to rebuild the bundle"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    subprocess.run([node, "build.mjs", str(tmp_path)], cwd=FRONTEND, check=True)
    assert (tmp_path / "checksums.txt").read_text() == (VENDOR / "checksums.txt").read_text()


def test_the_lock_names_exact_versions_and_no_download_addresses() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert packages
    for name, each in packages.items():
        assert "resolved" not in each, name
        assert each["integrity"].startswith("sha512-"), name
    wanted = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
    for version in (wanted["dependencies"] | wanted["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_nothing_reserved_for_gov_uk_is_shipped() -> None:
    css = (VENDOR / "govuk-frontend.css").read_text(encoding="utf-8")
    assert "GDS Transport" not in css
    assert "@font-face" not in css
    assert "crest" not in css
    assert "url(" not in css


def test_no_stylesheet_or_script_reaches_out() -> None:
    own = [*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js"), VENDOR / "viewer.css"]
    for path in own:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"""(?:url\(|from |import )\s*["']?https?:""", text), path


def test_licences_of_all_that_is_shipped_are_beside_it() -> None:
    told = (VENDOR / "licences.txt").read_text(encoding="utf-8")
    for package in ("bpmn-js", "diagram-js", "bpmn-moddle", "govuk-frontend", "min-dash"):
        assert re.search(rf"^{package} \d", told, re.MULTILINE), package
    for name in ("bpmn-js", "govuk-frontend", "noto-sans"):
        assert (ROOT / "licences" / f"{name}.txt").stat().st_size > 500


def test_the_watermark_is_in_the_viewer_and_no_style_hides_it() -> None:
    assert "bjs-powered-by" in (VENDOR / "viewer.js").read_text(encoding="utf-8")
    for path in STATIC.glob("css/*.css"):
        assert "bjs-powered-by" not in path.read_text(encoding="utf-8")


def test_the_fonts_are_small() -> None:
    fonts = list((STATIC / "fonts").glob("*.woff2"))
    assert len(fonts) == 4
    assert sum(path.stat().st_size for path in fonts) < 80_000
