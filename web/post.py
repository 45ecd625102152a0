"""The messages of process applications as the web reads and changes them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from engine.errors import NotFound
from engine.identity import Actor
from handlers.shared import email_records, posted_records, records
from handlers.shared.notice_records import TextVersion
from handlers.shared.notice_texts import Notice, NoticeTexts
from handlers.shared.posted_records import Posted, Sight
from handlers.shared.records import CabinetRow
from web.demo_mailbox import DemoMailbox
from web.storage import Storage

PAGE = 25


class Post:
    """Messages, their e-mails, and the texts they are made of.

    `wake` tells the sender that there is something to send; `applications` are the keys of the
    process applications that have notices; `mailbox` is where e-mails land in a demonstration.
    `cases` selects the ids of the process instances that an actor sees.
    """

    def __init__(
        self,
        storage: Storage,
        texts: NoticeTexts,
        applications: Sequence[str],
        wake: Callable[[], None],
        mailbox: DemoMailbox | None = None,
        cases: Callable[[Actor], Any] = lambda _actor: None,
    ) -> None:
        self._storage = storage
        self._texts = texts
        self._wake = wake
        self.applications = tuple(applications)
        self.mailbox = mailbox
        self._cases = cases

    # -- an employer's

    def received(self, actor: Actor, before: int | None = None, limit: int = PAGE) -> list[Posted]:
        """A page of the messages to the actor's enterprises, newest first."""
        with self._storage.reading() as connection:
            found = records.messages_of(connection, _own(actor), limit, before)
            mails = email_records.emails_of(connection, [each.id for each in found])
        return [Posted(each, mails.get(each.id)) for each in found]

    def of_case(self, actor: Actor, business_key: str | None) -> list[CabinetRow]:
        """Every message about one case to the actor's enterprises, newest first."""
        if business_key is None:
            return []
        with self._storage.reading() as connection:
            return records.messages_of_case(connection, _own(actor), business_key)

    def mark_read(self, actor: Actor, message_ids: Collection[int], now: datetime) -> None:
        """Keeps that messages were seen by someone of their enterprise."""
        if not message_ids:
            return
        with self._storage.transaction() as connection:
            for each in message_ids:
                records.mark_read(connection, each, _own(actor), now)

    def languages(self, actor: Actor) -> dict[str, str]:
        """The language in which each of the actor's enterprises is written to."""
        with self._storage.reading() as connection:
            return {party: records.language_of(connection, party) for party in _own(actor)}

    def choose_languages(self, actor: Actor, chosen: Mapping[str, str], now: datetime) -> None:
        """Keeps languages, by enterprise. Raises NotFound for an enterprise of somebody else's."""
        strange = set(chosen) - set(_own(actor))
        if strange:
            raise NotFound(f"Expected enterprises of {actor.user}, but found {sorted(strange)}")
        with self._storage.transaction() as connection:
            for party, language in chosen.items():
                records.set_language(connection, party, language, actor.user, now)

    # -- for staff

    def posted(
        self, actor: Actor, state: str | None = None, search: str = "", before: int | None = None
    ) -> list[Posted]:
        """A page of messages with their e-mails, newest first; of the actor's units and parties."""
        with self._storage.reading() as connection:
            return posted_records.posted(
                connection,
                self._sight(actor),
                state=state,
                search=search,
                before=before,
                limit=PAGE,
            )

    def counts(self, actor: Actor) -> dict[str, int]:
        """How many e-mails are queued, sent, failed, or without an address."""
        with self._storage.reading() as connection:
            return posted_records.count_by_state(connection, self._sight(actor))

    def message(self, actor: Actor, message_id: int) -> Posted:
        """A message with its e-mail. Raises NotFound."""
        with self._storage.reading() as connection:
            found = posted_records.posted_message(connection, self._sight(actor), message_id)
        if found is None:
            raise NotFound(f"Expected message {message_id}, but there is none")
        return found

    def of_instance(self, instance_id: str) -> list[Posted]:
        """The messages of a process instance that the caller may see, newest first."""
        with self._storage.reading() as connection:
            return posted_records.posted_of_instance(connection, instance_id)

    def send_again(
        self, actor: Actor, email_ids: Collection[int], now: datetime, address: str | None = None
    ) -> int:
        """Queues e-mails anew; with `address` to that one. Returns how many there were."""
        with self._storage.transaction() as connection:
            if address is not None:
                for each in email_ids:
                    email_records.change_address(connection, each, address)
            count = email_records.send_again(connection, email_ids, actor.user, now)
        self._wake()
        return count

    def send_all_again(self, actor: Actor, now: datetime) -> int:
        """Queues every e-mail that failed anew; returns how many there were."""
        with self._storage.reading() as connection:
            failed = posted_records.failed_ids(connection, self._sight(actor))
        return self.send_again(actor, failed, now) if failed else 0

    # -- texts

    def notices(self, application: str, day: date) -> list[Notice]:
        """The notices of an application. Raises NotFound for one that has none."""
        self._require(application)
        return self._texts.notices(application, day)

    def notice(self, application: str, key: str, day: date) -> Notice:
        """A notice with its texts in force. Raises NotFound."""
        self._require(application)
        if not self._texts.has(application, key, day):
            raise NotFound(f"Expected a notice {key} of {application}, but there is none")
        return self._texts.notice(application, key, day)

    def versions(self, notice: Notice) -> list[TextVersion]:
        """What staff made of a notice, newest first."""
        return self._texts.versions(notice.application, notice.key)

    def write(
        self,
        notice: Notice,
        subject: Mapping[str, str],
        body: Mapping[str, str],
        actor: Actor,
        now: datetime,
    ) -> None:
        """Puts other texts in force. Raises TextsRefused, Conflict."""
        self._texts.write(notice, subject, body, actor.user, now)

    def restore(self, notice: Notice, actor: Actor, now: datetime) -> None:
        """Puts the delivered texts in force. Raises Conflict."""
        self._texts.restore(notice, actor.user, now)

    def _sight(self, actor: Actor) -> Sight:
        """What an actor sees: of their units, and of the cases that are theirs to see."""
        return Sight(actor.units, actor.parties, self._cases(actor))

    def _require(self, application: str) -> None:
        if application not in self.applications:
            raise NotFound(f"Expected notices of {application}, but it has none")


def _own(actor: Actor) -> list[str]:
    """The enterprises that an actor stands for; none for those who see every one."""
    return sorted(actor.parties or ())
