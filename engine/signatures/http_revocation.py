"""Revocation answers over HTTP: the authority's OCSP service and its published lists.

Only addresses that are configured are asked, never those that a certificate names. A service that
is down, slow or wrong gives no answer.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from http import HTTPStatus

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from engine.exchange import Limits, NoAnswer, check_address
from engine.signatures.asking import Asking
from engine.signatures.revocation import RevocationAnswers

LIMITS = Limits(connect=3.0, read=5.0, whole=8.0, answer=64 * 1024)
"""Of one question to the OCSP service."""

LIST_LIMITS = Limits(connect=3.0, read=5.0, whole=20.0, answer=32 * 1024 * 1024)
"""Of one list."""

LIST_AGE = 3600.0
"""Seconds for which a list is used before it is asked for again."""

_log = logging.getLogger(__name__)


class HttpRevocationSource:
    """Asks an OCSP service about every certificate below the root, and reads lists.

    `ocsp_url` None: only lists. Addresses are http or https; ValueError for others.
    """

    def __init__(
        self,
        ocsp_url: str | None = None,
        crl_urls: Sequence[str] = (),
        *,
        limits: Limits = LIMITS,
        list_limits: Limits = LIST_LIMITS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        for url in (*crl_urls, *([ocsp_url] if ocsp_url else [])):
            check_address(url)
        self._ocsp_url = ocsp_url
        self._crl_urls = tuple(crl_urls)
        self._service = Asking(limits, clock)
        self._published = Asking(list_limits, clock)
        self._clock = clock
        self._lists: dict[str, tuple[float, bytes]] = {}
        self._asked_for: dict[str, Future[bytes | None]] = {}
        self._lock = threading.Lock()

    def answers(self, chain: tuple[bytes, ...]) -> RevocationAnswers:
        """See `RevocationSource`."""
        pairs = zip(chain, chain[1:], strict=False)
        asked = [self._ask(certificate, issuer) for certificate, issuer in pairs]
        lists = [self._list(url) for url in self._crl_urls]
        return RevocationAnswers(
            ocsp=tuple(each for each in asked if each), crls=tuple(each for each in lists if each)
        )

    def _ask(self, certificate: bytes, issuer: bytes) -> bytes | None:
        """One question. SHA-1 only names the certificate, as RFC 5019 asks of every client."""
        if self._ocsp_url is None:
            return None
        request = (
            ocsp.OCSPRequestBuilder()
            .add_certificate(
                x509.load_der_x509_certificate(certificate),
                x509.load_der_x509_certificate(issuer),
                hashes.SHA1(),
            )
            .build()
        )
        return _answer(
            self._service,
            "POST",
            self._ocsp_url,
            request.public_bytes(Encoding.DER),
        )

    def _list(self, url: str) -> bytes | None:
        """The list of an address: the known one while it is young, else a fresh one.

        One thread asks for it, without a lock; the others wait for its answer. Where there is none,
        the known one is used on.
        """
        with self._lock:
            fetched_at, known = self._lists.get(url, (0.0, None))
            if known and self._clock() - fetched_at < LIST_AGE:
                return known
            waiting = self._asked_for.get(url)
            if waiting is None:
                mine = self._asked_for[url] = Future()
        if waiting is not None:
            return waiting.result() or known
        fresh = None
        try:
            fresh = _answer(self._published, "GET", url)
        finally:
            with self._lock:
                if fresh:
                    self._lists[url] = (self._clock(), fresh)
                del self._asked_for[url]
            mine.set_result(fresh)
        return fresh or known


def _answer(asking: Asking, method: str, url: str, question: bytes | None = None) -> bytes | None:
    headers = {} if question is None else {"Content-Type": "application/ocsp-request"}
    try:
        answer = asking.ask(method, url, question, headers)
    except NoAnswer:
        return None
    if answer.status != HTTPStatus.OK:
        _log.warning("No revocation answer from %s: it answered %s", url, answer.status)
        return None
    return answer.data
