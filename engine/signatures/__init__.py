"""Digital signatures (ЭЦҚ / ЭЦП): detached CMS over stored bytes, verified in pure Python.

The engine asks for a one-time nonce and keeps CMS and evidence; this room verifies. The demo
authority is in `engine.signatures.demo`.
"""

from engine.errors import SignatureRefused
from engine.signatures.evidence import Evidence, Signer
from engine.signatures.revocation import (
    GivenAnswers,
    NoRevocationSource,
    RevocationAnswers,
    RevocationMode,
    RevocationSource,
)
from engine.signatures.time_stamp import TimeStampMode
from engine.signatures.trust import (
    DEMO_NAME,
    DemoRootInProduction,
    TrustStore,
    TrustUnreadable,
)
from engine.signatures.verification import (
    Check,
    Examined,
    Expectation,
    examine,
    reverify,
    verify,
)

__all__ = [
    "DEMO_NAME",
    "Check",
    "DemoRootInProduction",
    "Evidence",
    "Examined",
    "Expectation",
    "GivenAnswers",
    "NoRevocationSource",
    "RevocationAnswers",
    "RevocationMode",
    "RevocationSource",
    "SignatureRefused",
    "Signer",
    "TimeStampMode",
    "TrustStore",
    "TrustUnreadable",
    "examine",
    "reverify",
    "verify",
]
