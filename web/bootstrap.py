"""The one place where engine, handlers and web meet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask

from engine import EngineSettings, ProcessEngine, open_engine
from engine.commands import Deploy
from engine.errors import EngineError
from engine.identity import Actor
from engine.jobs import EmbeddedExecutor
from engine.opening import executor_for, utc_now
from engine.results import Deployed
from engine.signatures import TrustStore
from engine.signatures.demo import DemoAuthority
from engine.store.database import Database
from handlers import Applications, discover
from handlers.shared.reference_data import ReferenceData
from handlers.shared.wiring import Surroundings
from web.app import create_app
from web.configuration import Configuration
from web.inbox import CabinetInbox
from web.people import People, load_people
from web.settings import WebSettings
from web.signature_check import TrustedSignatures


class SettingMissing(EngineError):
    """A setting that this installation needs is missing or can't be used."""


@dataclass(frozen=True)
class Installation:
    """Everything of one installation, put together and not yet serving."""

    configuration: Configuration
    engine: ProcessEngine
    executor: EmbeddedExecutor
    applications: Applications
    people: People

    def deploy(
        self,
        *,
        note: str = "",
        force: bool = False,
        resources: Mapping[str, bytes] | None = None,
    ) -> Deployed:
        """Deploys the folder of diagrams, or only `resources` of it.

        Raises DeploymentRefused, BadCommand.
        """
        folder = self.configuration.diagrams
        if resources is None:
            resources = read_resources(folder)
        command = Deploy(folder.name, resources, note=note, force=force)
        deployed: Deployed = self.engine.execute(command, Actor.system())
        return deployed

    def web(self) -> Flask:
        """The Flask application. Raises SettingMissing outside a demonstration.

        People choose who they are and give no password: nothing real may be behind that.
        """
        configuration = self.configuration
        require_demo(configuration)
        return create_app(
            self.engine,
            WebSettings(
                secret_key=configuration.secret_key(),
                demo=configuration.is_demo,
                cookie_secure=configuration.secure_cookies,
            ),
            self.people,
            signer=demo_authority(configuration),
            inbox=CabinetInbox(self.engine.database),
            clock=self.engine.surroundings.clock,
        )


def install(
    configuration: Configuration,
    *,
    clock: Callable[[], datetime] = utc_now,
    database: Database | None = None,
) -> Installation:
    """Opens the database, unless it is open, and wires everything.

    Raises SettingMissing for what a real installation must be told, DemoRootInProduction where one
    finds the demo authority trusted.
    """
    people = load_people() if configuration.people is None else load_people(configuration.people)
    applications = discover()
    authority = demo_authority(configuration)
    if authority is not None:
        authority.publish_root(configuration.trust)
    trust = TrustStore.from_directory(configuration.trust, demo=configuration.is_demo)
    database = database or Database(configuration.database_url)
    settings = EngineSettings(database_url=configuration.database_url)
    engine = open_engine(
        settings,
        handlers=applications.handlers,
        checks=applications.checks,
        ports=wire(applications, configuration, clock, settings.zone, database.transaction),
        directory=people,
        clock=clock,
        signatures=TrustedSignatures(trust),
        application_versions=applications.migrations,
        database=database,
    )
    executor = executor_for(engine, configuration.threads)
    return Installation(configuration, engine, executor, applications, people)


def wire(
    applications: Applications,
    configuration: Configuration,
    clock: Callable[[], datetime],
    zone: str,
    begin: Callable[[], Any] | None,
) -> Mapping[type, object]:
    """The ports of the process applications. `begin` None: nothing goes to a database."""

    def today() -> date:
        return clock().astimezone(ZoneInfo(zone)).date()

    surroundings = Surroundings(
        reference_data=ReferenceData.from_directory(configuration.diagrams),
        data_directory=configuration.data,
        today=today,
        begin=begin,
        demo=configuration.is_demo,
        settings=configuration.settings,
    )
    try:
        return applications.wire(surroundings)
    except ValueError as error:
        raise SettingMissing(f"{error}; EDS_MODE=demo needs none of it") from error


def require_demo(configuration: Configuration) -> None:
    """Raises SettingMissing where people would have to prove who they are."""
    if not configuration.is_demo:
        raise SettingMissing(
            "Expected EDS_MODE=demo, because this version has no sign-in that proves who one is: "
            "it serves demonstrations only"
        )


def demo_authority(configuration: Configuration) -> DemoAuthority | None:
    """The authority that signs in a demonstration; None elsewhere."""
    if not configuration.is_demo:
        return None
    return DemoAuthority.create(configuration.data / "demo_authority")


def read_resources(folder: Path) -> dict[str, bytes]:
    """The files of a folder of diagrams, by their path below it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".") and path.suffix != ".md"
    }
