"""Whether certificates are revoked: answers (OCSP, CRL) are given, nothing is fetched here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class RevocationMode(StrEnum):
    """off: not looked at. soft: a revoked certificate is refused, no answer is taken as good.

    required: every certificate below the root needs an answer.
    """

    OFF = "off"
    SOFT = "soft"
    REQUIRED = "required"


@dataclass(frozen=True)
class RevocationAnswers:
    """OCSP responses and revocation lists, each as DER."""

    ocsp: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()


class RevocationSource(Protocol):
    """Where answers come from (a port): the authority's services, or a folder of lists."""

    def answers(self, chain: tuple[bytes, ...]) -> RevocationAnswers:
        """Answers for the certificates (DER) of a chain, the signer's first, the root last.

        What can't be had is left out: the mode decides what that means.
        """
        ...


class NoRevocationSource:
    """The default: nobody is asked."""

    def answers(self, chain: tuple[bytes, ...]) -> RevocationAnswers:
        return RevocationAnswers()


@dataclass(frozen=True)
class GivenAnswers:
    """Answers that were had before: outside the transaction, or at the first verification."""

    given: RevocationAnswers

    def answers(self, chain: tuple[bytes, ...]) -> RevocationAnswers:
        return self.given
