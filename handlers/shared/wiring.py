"""Which adapter stands behind each shared port.

Every package of handlers may have a module `wiring` with `ports(surroundings)`;
`Applications.ports` puts them together, so that the bootstrap needs to know none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from handlers.shared import demo
from handlers.shared.addresses import AddressOf
from handlers.shared.classifier_files import read_shipped
from handlers.shared.classifier_records import ClassifierTables
from handlers.shared.classifiers import Classifiers, DatabaseClassifiers, RememberedClassifiers
from handlers.shared.inquiries import DatabaseInquiries, Inquiries, RememberedInquiries
from handlers.shared.labour_market import FileLabourMarket, HttpLabourMarket, LabourMarket
from handlers.shared.mail import FolderTransport, MailTransport, SmtpTransport
from handlers.shared.notice_texts import NoticeTexts
from handlers.shared.notifications import Cabinet, DatabaseCabinet, RememberedCabinet
from handlers.shared.outbox import Outbox
from handlers.shared.people_names import NamesFromDirectory, NamesOf, PeopleNames
from handlers.shared.ports import Begin
from handlers.shared.reference_data import ReferenceData, TablesInForce
from handlers.shared.registries import EnterpriseRegistry, FileRegistry
from handlers.shared.registry_settings import http_registry

MAIL_FOLDER = "mail"
"""Where e-mails go below the data folder while there is no mail server."""


@dataclass(frozen=True)
class Surroundings:
    """What adapters are made of.

    begin: opens a transaction of the database; None keeps in memory what would go there (one run
    of one handler). in_force: the dated tables as staff have edited them; None: as in the files.
    data_directory: where file-backed adapters write. today, clock: the product's clock, as a day
    and as a moment.
    names_of: what people are called, by the code of the user. address_of: the e-mail address of
    who acts for an enterprise, by its BIN or IIN.
    demo: the invented enterprises stand for the registries, and applications are always taken.
    settings:
    QADAM_REGISTRY_URL, QADAM_REGISTRY_TOKEN: the registries' gateway, or QADAM_REGISTRY_FILE: a
    file in its stead; one of them is needed unless this is a demo. How patient it is with the
    gateway: see `registry_settings`. QADAM_LABOUR_MARKET_URL,
    QADAM_LABOUR_MARKET_TOKEN: the labour market system; without it, a file in data_directory.
    QADAM_SMTP_URL (`smtp://user:password@host:587`), QADAM_MAIL_FROM: the mail server; without
    it, e-mails are files in data_directory.
    """

    reference_data: ReferenceData
    data_directory: Path
    today: Callable[[], date]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    begin: Begin | None = None
    in_force: TablesInForce | None = None
    names_of: NamesOf = field(default=lambda _user: {})
    address_of: AddressOf = field(default=lambda _party: None)
    demo: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)


def ports(surroundings: Surroundings) -> dict[type, object]:
    """The shared ports. Raises ValueError for a setting that is missing or can't be used."""
    reference_data = surroundings.reference_data
    if surroundings.demo:
        reference_data = reference_data.overlaid(ReferenceData.from_directory(demo.FILES))
    reference_data = reference_data.edited(surroundings.in_force)
    return {
        ReferenceData: reference_data,
        NoticeTexts: NoticeTexts(reference_data, surroundings.begin),
        EnterpriseRegistry: _registry(surroundings),
        Inquiries: _inquiries(surroundings),
        LabourMarket: _labour_market(surroundings),
        **_post(surroundings),
        PeopleNames: NamesFromDirectory(surroundings.names_of),
        Classifiers: _classifiers(surroundings),
    }


def _classifiers(surroundings: Surroundings) -> Classifiers:
    if surroundings.begin is None:
        shipped = read_shipped(demo.CLASSIFIERS)
        return RememberedClassifiers([edition for edition, _source, _data in shipped])
    return DatabaseClassifiers(surroundings.begin, ClassifierTables())


def _registry(surroundings: Surroundings) -> EnterpriseRegistry:
    settings = surroundings.settings
    address = settings.get("QADAM_REGISTRY_URL")
    if address:
        return http_registry(address, settings, surroundings.clock)
    file = settings.get("QADAM_REGISTRY_FILE")
    if not file and not surroundings.demo:
        raise ValueError("Expected QADAM_REGISTRY_URL or QADAM_REGISTRY_FILE to be set")
    return FileRegistry(Path(file) if file else demo.ENTERPRISES, surroundings.today)


def _inquiries(surroundings: Surroundings) -> Inquiries:
    if surroundings.begin is None:
        return RememberedInquiries()
    return DatabaseInquiries(surroundings.begin)


def _labour_market(surroundings: Surroundings) -> LabourMarket:
    address = surroundings.settings.get("QADAM_LABOUR_MARKET_URL")
    if address:
        token = surroundings.settings.get("QADAM_LABOUR_MARKET_TOKEN")
        return HttpLabourMarket(address, token=token)
    return FileLabourMarket(surroundings.data_directory / "labour_market.jsonl")


def _post(surroundings: Surroundings) -> dict[type, object]:
    """The cabinet, and the outbox that sends its e-mails where there is a database."""
    if surroundings.begin is None:
        return {Cabinet: RememberedCabinet()}
    outbox = Outbox(surroundings.begin, _mail(surroundings), surroundings.clock)
    cabinet = DatabaseCabinet(surroundings.begin, outbox.wake, surroundings.address_of)
    return {Cabinet: cabinet, Outbox: outbox}


def _mail(surroundings: Surroundings) -> MailTransport:
    address = surroundings.settings.get("QADAM_SMTP_URL")
    sender = surroundings.settings.get("QADAM_MAIL_FROM", "qadam@localhost")
    if not address:
        return FolderTransport(surroundings.data_directory / MAIL_FOLDER, sender)
    parts = urlsplit(address)
    if parts.scheme != "smtp" or not parts.hostname:
        raise ValueError(
            f"Expected QADAM_SMTP_URL like smtp://host:587, but found {parts.scheme}://{parts.hostname}"
        )
    return SmtpTransport(
        host=parts.hostname,
        sender=sender,
        port=parts.port or 587,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )
