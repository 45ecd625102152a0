"""Revocation answers over HTTP: the authority's OCSP service and its published lists.

Only addresses that are configured are asked, never those that a certificate names. A service that
is down, slow or wrong gives no answer.
"""

from __future__ import annotations

import logging
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from http.client import HTTPException

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from engine.signatures.revocation import RevocationAnswers

TIMEOUT = 5.0
"""Seconds for one answer."""

LARGEST = 32 * 1024 * 1024
"""Bytes of the largest answer."""

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
        timeout: float = TIMEOUT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        for url in (*crl_urls, *([ocsp_url] if ocsp_url else [])):
            if not url.startswith(("http://", "https://")):
                raise ValueError(f"Expected an http address, but found {url!r}")
        self._ocsp_url = ocsp_url
        self._crl_urls = tuple(crl_urls)
        self._timeout = timeout
        self._clock = clock
        self._lists: dict[str, tuple[float, bytes]] = {}
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
        return self._fetch(
            urllib.request.Request(
                self._ocsp_url,
                data=request.public_bytes(Encoding.DER),
                headers={"Content-Type": "application/ocsp-request"},
            )
        )

    def _list(self, url: str) -> bytes | None:
        with self._lock:
            fetched_at, data = self._lists.get(url, (0.0, b""))
            if data and self._clock() - fetched_at < LIST_AGE:
                return data
            fresh = self._fetch(urllib.request.Request(url))
            if fresh:
                self._lists[url] = (self._clock(), fresh)
            return fresh or data or None

    def _fetch(self, request: urllib.request.Request) -> bytes | None:
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as response:
                data: bytes = response.read(LARGEST + 1)
        except (OSError, HTTPException, ValueError) as error:
            _log.warning("No revocation answer from %s: %s", request.full_url, error)
            return None
        return data if len(data) <= LARGEST else None
