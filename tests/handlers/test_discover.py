"""`handlers.discover`: what the packages bring along."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

import handlers
from engine.completion_check import completion_check
from engine.external_task import external_task
from handlers.shared.reference_data import ReferenceData
from handlers.shared.wiring import Surroundings

TODAY = date(2026, 3, 2)

TOPICS = {
    "check_eligibility", "make_application_document", "draft_contract", "make_contract_document",
    "conclude_contract", "publish_vacancy", "register_vacancy", "close_vacancy", "notify",
    "notify_decision", "notify_closing", "notify_contract", "tell_status", "remind",
    "make_check_request", "make_check_result", "make_decision_document",
}  # fmt: skip


def _package(monkeypatch: pytest.MonkeyPatch, name: str, **members: object) -> str:
    module = ModuleType(name)
    for key, member in members.items():
        if callable(member):
            member.__module__ = name
        setattr(module, key, member)
    monkeypatch.setitem(sys.modules, name, module)
    return name


def test_every_topic_of_the_map_has_a_handler(applications: handlers.Applications) -> None:
    assert set(applications.handlers) == {f"fk_b03.{name}" for name in TOPICS}


def test_the_contract_names_each_variable_of_a_gathered_dataclass(
    applications: handlers.Applications,
) -> None:
    contract = applications.handlers["fk_b03.make_application_document"].contract
    assert contract.reads["iban"].type is str
    assert contract.reads["iban"].required
    assert not contract.reads["no_grants"].required
    assert "application" not in contract.reads


def test_checks_are_found_by_name(applications: handlers.Applications) -> None:
    assert {"fk_b03.application", "fk_b03.take_places", "fk_b03.release_places"} <= set(
        applications.checks
    )


def test_two_handlers_of_one_topic_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    @external_task("sample.print")
    def one() -> None: ...

    @external_task("sample.print")
    def another() -> None: ...

    names = [
        _package(monkeypatch, "sample_one", one=one),
        _package(monkeypatch, "sample_two", another=another),
    ]
    with pytest.raises(handlers.DiscoveryError, match=r"sample\.print, but both sample_one.*two"):
        handlers.discover(names)


def test_two_checks_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    one = completion_check("sample.check")(lambda completion: None)
    another = completion_check("sample.check")(lambda completion: None)
    name = _package(monkeypatch, "sample_checks", one=one, another=another)
    with pytest.raises(handlers.DiscoveryError, match=r"completion check sample\.check"):
        handlers.discover([name])


def test_one_function_under_two_names_is_one_handler(monkeypatch: pytest.MonkeyPatch) -> None:
    @external_task("sample.print")
    def one() -> None: ...

    name = _package(monkeypatch, "sample_alias", one=one, alias=one)
    assert list(handlers.discover([name]).handlers) == ["sample.print"]


def test_a_handler_without_annotations_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    @external_task("sample.print")
    def untyped(label) -> None: ...

    name = _package(monkeypatch, "sample_untyped", untyped=untyped)
    with pytest.raises(handlers.DiscoveryError, match="label"):
        handlers.discover([name])


def test_a_port_without_an_adapter_is_named(
    applications: handlers.Applications, reference_data: ReferenceData, tmp_path: Path
) -> None:
    surroundings = Surroundings(reference_data, tmp_path, lambda: TODAY, demo=True)
    lacking = handlers.Applications(
        applications.handlers, applications.checks, applications.ports, (), (), ()
    )
    with pytest.raises(handlers.DiscoveryError, match="PlacesLedger"):
        lacking.wire(surroundings)


def test_a_production_start_without_registries_is_refused(
    applications: handlers.Applications, reference_data: ReferenceData, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="QADAM_REGISTRY_URL"):
        applications.wire(Surroundings(reference_data, tmp_path, lambda: TODAY))


def test_the_migrations_make_the_tables(
    applications: handlers.Applications, tmp_path: Path
) -> None:
    config = Config()
    config.set_main_option("script_location", str(tmp_path))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, applications.migrations)))
    script = ScriptDirectory.from_config(config)
    revisions = list(script.walk_revisions())
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated.sqlite'}")
    with engine.begin() as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            for revision in reversed(revisions):
                revision.module.upgrade()
        assert compare_metadata(context, list(applications.metadata)) == []
        with Operations.context(context):
            for revision in revisions:
                revision.module.downgrade()
        assert inspect(connection).get_table_names() == []
    engine.dispose()
    assert {label for revision in revisions for label in revision.branch_labels} == {
        "shared",
        "fk_b03",
    }


def test_a_folder_that_is_no_package_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "badge").mkdir()
    (tmp_path / "badge" / "tasks.py").touch()
    monkeypatch.setattr(handlers, "__path__", [str(tmp_path)])
    with pytest.raises(handlers.DiscoveryError, match="badge/__init__.py"):
        handlers.discover()
