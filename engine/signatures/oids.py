"""Object identifiers that signatures of Kazakhstan carry.

Roles are those of the National Certification Authority's certificates, where they stand among the
extended key usages.
"""

from __future__ import annotations

from collections.abc import Mapping

EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4"
"""The extended key usage of keys for signing (those for logging in have another)."""

PERSON = "1.2.398.3.3.4.1.1"
ORGANISATION = "1.2.398.3.3.4.1.2"
HEAD = "1.2.398.3.3.4.1.2.1"
MAY_SIGN = "1.2.398.3.3.4.1.2.2"
FINANCIAL = "1.2.398.3.3.4.1.2.3"
PERSONNEL = "1.2.398.3.3.4.1.2.4"
EMPLOYEE = "1.2.398.3.3.4.1.2.5"

ROLES: Mapping[str, str] = {
    PERSON: "person",
    ORGANISATION: "organisation",
    HEAD: "head",
    MAY_SIGN: "may sign",
    FINANCIAL: "may sign financial documents",
    PERSONNEL: "personnel officer",
    EMPLOYEE: "employee",
}

DATA = "1.2.840.113549.1.7.1"
SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"
SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
TIME_STAMP_TOKEN = "1.2.840.113549.1.9.16.2.14"
TIME_STAMP_INFO = "1.2.840.113549.1.9.16.1.4"

TIME_STAMPING = "1.3.6.1.5.5.7.3.8"
"""The extended key usage of keys that sign time stamps."""

RSA = "1.2.840.113549.1.1.1"

DIGESTS: Mapping[str, str] = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
"""Digest algorithms that are accepted, and their names in hashlib."""

SIGNATURES: Mapping[str, tuple[str, str | None]] = {
    RSA: ("rsa", None),
    "1.2.840.113549.1.1.11": ("rsa", "sha256"),
    "1.2.840.113549.1.1.12": ("rsa", "sha384"),
    "1.2.840.113549.1.1.13": ("rsa", "sha512"),
    "1.2.840.10045.4.3.2": ("ecdsa", "sha256"),
    "1.2.840.10045.4.3.3": ("ecdsa", "sha384"),
    "1.2.840.10045.4.3.4": ("ecdsa", "sha512"),
}
"""Signature algorithms that are accepted: the kind of key and the digest they name, if any."""

GOST = "1.2.398.3.10.1."
"""Beginning of the algorithms of Kazakhstan's standards (GOST 34.310-2004, GOST 34.10-2015)."""
