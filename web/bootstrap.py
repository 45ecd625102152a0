"""The one place where engine, handlers and web meet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import Flask

from engine import EngineSettings, ProcessEngine, open_engine
from engine.commands import Deploy
from engine.dated_tables import TablesInForce
from engine.errors import EngineError
from engine.identity import Actor
from engine.jobs import EmbeddedExecutor
from engine.opening import executor_for, utc_now
from engine.results import Deployed
from engine.signatures import TimeStampMode, TrustStore
from engine.signatures.demo import DemoAuthority
from engine.store.database import Database
from handlers import Applications, discover
from handlers.shared import demo, notice_texts
from handlers.shared.check_history import CheckHistory
from handlers.shared.classifier_import import import_shipped
from handlers.shared.classifier_records import ClassifierTables
from handlers.shared.classifiers import DatabaseClassifiers
from handlers.shared.demo.registry_moods import RegistryMoods
from handlers.shared.notice_texts import NoticeTexts
from handlers.shared.outbox import Outbox
from handlers.shared.reference_data import ReferenceData
from handlers.shared.registries import EnterpriseRegistry
from handlers.shared.wiring import MAIL_FOLDER, Surroundings
from web.app import create_app
from web.classifier_options import ClassifierOptions
from web.configuration import Configuration
from web.demo_mailbox import DemoMailbox
from web.kept_checks import CheckStore
from web.kept_details import DetailsStore
from web.people import People, load_people
from web.post import Post
from web.settings import NCALAYER, WebSettings
from web.signature_check import TrustedSignatures, signatures_of
from web.waiting_checks import WaitingChecks


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
    signatures: TrustedSignatures
    outbox: Outbox
    post: Post
    checks: CheckStore | None = None

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
        if self.configuration.is_demo:
            resources = with_demo_files(resources)
        command = Deploy(folder.name, resources, note=note, force=force)
        deployed: Deployed = self.engine.execute(command, Actor.system())
        return deployed

    def web(self) -> Flask:
        """The Flask application. Raises SettingMissing outside a demonstration.

        People choose who they are and give no password: nothing real may be behind that.
        """
        configuration = self.configuration
        told = configuration.settings
        require_demo(configuration)
        return create_app(
            self.engine,
            WebSettings(
                secret_key=configuration.secret_key(),
                demo=configuration.is_demo,
                cookie_secure=configuration.secure_cookies,
                public_url=configuration.public_url,
                ncalayer=told.get("QADAM_NCALAYER_URL") or NCALAYER,
                time_stamps=self.signatures.time_stamps is not TimeStampMode.OFF,
                max_file_bytes=configuration.file_bytes,
                max_upload_bytes=4 * configuration.file_bytes,
            ),
            self.people,
            signer=demo_authority(configuration),
            post=self.post,
            checks=self.checks,
            options=self.engine.surroundings.options,
            details=DetailsStore(self.engine.database),
            signatures=self.signatures,
            registry_moods=registry_moods(configuration),
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
    signatures = verifier(configuration)
    database = database or Database(configuration.database_url)
    settings = EngineSettings(
        database_url=configuration.database_url, upload_bytes=configuration.file_bytes
    )
    ports = wire(
        applications,
        configuration,
        clock,
        settings.zone,
        database.transaction,
        TablesInForce(database.reading),
        people,
    )
    engine = open_engine(
        settings,
        handlers=applications.handlers,
        checks=applications.checks,
        ports=ports,
        directory=people,
        clock=clock,
        signatures=signatures,
        application_versions=applications.migrations,
        options=ClassifierOptions(
            DatabaseClassifiers(database.reading, ClassifierTables()),
            cast(ReferenceData, ports[ReferenceData]),
        ),
        retention=applications.retention,
        database=database,
    )
    if configuration.is_demo:
        with database.transaction() as connection:
            import_shipped(connection, demo.CLASSIFIERS, imported_by="demo", now=clock())
    registry = cast(EnterpriseRegistry, ports[EnterpriseRegistry])
    registry.when_back(WaitingChecks(database, engine.execute).wake)
    executor = executor_for(engine, configuration.threads)
    outbox = cast(Outbox, ports[Outbox])
    post = Post(
        database,
        cast(NoticeTexts, ports[NoticeTexts]),
        applications_with(configuration.diagrams, f"{notice_texts.FILE}.json"),
        outbox.wake,
        demo_mailbox(configuration),
        engine.queries.cases_seen,
    )
    return Installation(
        configuration,
        engine,
        executor,
        applications,
        people,
        signatures,
        outbox,
        post,
        check_store(database, ports),
    )


def check_store(database: Database, ports: Mapping[type, object]) -> CheckStore | None:
    """The checks for the cabinet; None where no process application checks enterprises."""
    history = ports.get(CheckHistory)
    if history is None:
        return None
    registry = cast(EnterpriseRegistry, ports[EnterpriseRegistry])
    return CheckStore(database, cast(CheckHistory, history), registry)


def verifier(configuration: Configuration) -> TrustedSignatures:
    """Who verifies signatures here.

    Raises DemoRootInProduction, TrustUnreadable, SettingMissing.
    """
    trust = TrustStore.from_directory(configuration.trust, demo=configuration.is_demo)
    try:
        return signatures_of(configuration.settings, trust, demo=configuration.is_demo)
    except ValueError as error:
        raise SettingMissing(str(error)) from error


def wire(
    applications: Applications,
    configuration: Configuration,
    clock: Callable[[], datetime],
    zone: str,
    begin: Callable[[], Any] | None,
    in_force: TablesInForce | None = None,
    people: People | None = None,
) -> Mapping[type, object]:
    """The ports of the process applications. `begin` None: nothing goes to a database; `in_force`
    None: dated tables are the files; `people` None: users are called by their codes."""

    def names_of(user: str) -> Mapping[str, str]:
        person = None if people is None else people.find(user)
        return {} if person is None else person.names

    def today() -> date:
        return clock().astimezone(ZoneInfo(zone)).date()

    surroundings = Surroundings(
        reference_data=ReferenceData.from_directory(configuration.diagrams),
        data_directory=configuration.data,
        today=today,
        clock=clock,
        begin=begin,
        in_force=in_force,
        names_of=names_of,
        address_of=(lambda _party: None) if people is None else people.address_of,
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


def registry_moods(configuration: Configuration) -> RegistryMoods | None:
    """How the registries of a demonstration behave; None where no server answers for them."""
    if not configuration.is_demo or not configuration.settings.get("QADAM_REGISTRY_URL"):
        return None
    return RegistryMoods.of_demo(configuration.registry_moods, demo.REGISTRIES)


def demo_mailbox(configuration: Configuration) -> DemoMailbox | None:
    """Where e-mails land in a demonstration; None where a mail server takes them."""
    if not configuration.is_demo or configuration.settings.get("QADAM_SMTP_URL"):
        return None
    return DemoMailbox(configuration.data / MAIL_FOLDER)


def applications_with(folder: Path, file: str) -> list[str]:
    """The keys of the process applications that have a file of this name, sorted."""
    return sorted(path.parent.name for path in folder.glob(f"*/{file}"))


def demo_authority(configuration: Configuration) -> DemoAuthority | None:
    """The authority that signs in a demonstration; None elsewhere."""
    if not configuration.is_demo:
        return None
    return DemoAuthority.create(configuration.data / "demo_authority")


def with_demo_files(resources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a deployment with those of a demonstration in the stead of their own."""
    own = {name: data for name, data in read_resources(demo.FILES).items() if name in resources}
    return {**resources, **own}


def read_resources(folder: Path) -> dict[str, bytes]:
    """The files of a folder of diagrams, by their path below it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".") and path.suffix != ".md"
    }
