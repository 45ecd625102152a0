"""Signatures that were made to cost time: each is refused within a second's worth of work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from types import SimpleNamespace

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from engine.signatures import Expectation, SignatureRefused, TrustStore, oids, verify
from engine.signatures.demo import DemoAuthority, DemoKey
from engine.signatures.parsing import MAX_CERTIFICATES, MAX_SIZE, parse
from engine.signatures.signing import sign_detached
from tests.support.cms import CONTENT
from tests.support.pace import within

MOST_LAPS = 100

SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """What the test itself makes beforehand is in fixtures of the module."""
    with within(MOST_LAPS):
        yield


@pytest.fixture(name="key", scope="module")
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(
    key: rsa.RSAPrivateKey, subject: str, issuer: str, number: int, issuer_key: rsa.RSAPrivateKey
) -> x509.Certificate:
    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    return (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(number)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2050, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )


def refusal(cms: bytes, trust: TrustStore, at: datetime) -> str:
    with pytest.raises(SignatureRefused) as caught:
        verify(cms, CONTENT, trust, Expectation("900101300004", frozenset()), at)
    return caught.value.check


@pytest.mark.parametrize(("many", "check"), [(4, "chain"), (5, "parse"), (19, "parse")])
def test_certificates_that_sign_each_other(
    key: rsa.RSAPrivateKey, trust: TrustStore, at: datetime, many: int, check: str
) -> None:
    """Each of two names has many certificates: there are exponentially many chains to try."""
    ring = [certificate(key, f"CA{n % 2}", f"CA{(n + 1) % 2}", 100 + n, key) for n in range(many)]
    signer = certificate(key, "signer", "CA0", 5, key)
    cms = sign_detached(key, signer, CONTENT, ring)
    assert len(ring) + 1 > MAX_CERTIFICATES or check == "chain"
    assert refusal(cms, trust, at) == check


def test_a_ring_that_many_configured_certificates_lengthen(
    key: rsa.RSAPrivateKey, authority: DemoAuthority, at: datetime
) -> None:
    """Not from a signature, but the search itself does not grow with the certificates at hand."""
    ring = [certificate(key, f"CA{n % 2}", f"CA{(n + 1) % 2}", 100 + n, key) for n in range(24)]
    known = TrustStore.from_directory(authority.trust_directory, demo=True)
    others = TrustStore((), tuple(parse_all(key, ring)))
    signer = certificate(key, "signer", "CA0", 5, key)
    cms = sign_detached(key, signer, CONTENT)
    assert refusal(cms, TrustStore(known.roots, others.issuing), at) == "chain"


def parse_all(key: rsa.RSAPrivateKey, ring: list[x509.Certificate]) -> list[asn1_x509.Certificate]:
    return [parse(sign_detached(key, each, CONTENT)).certificates[0] for each in ring]


@pytest.mark.parametrize(("names", "check"), [("AB", "key_usage"), ("ABC", "chain")])
def test_how_deep_a_chain_may_be(
    key: rsa.RSAPrivateKey, at: datetime, names: str, check: str
) -> None:
    """Four certificates pass (and the signer's is not for signing), five do not."""
    root = certificate(key, "R", "R", 1, key)
    known = TrustStore(tuple(parse_all(key, [root])))
    above = "R" + names
    ladder = [
        certificate(key, name, issuer, 10 + n, key)
        for n, (issuer, name) in enumerate(pairwise(above))
    ]
    signer = certificate(key, "signer", above[-1], 5, key)
    assert refusal(sign_detached(key, signer, CONTENT, ladder), known, at) == check


def element(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 128:
        return bytes([tag, length]) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + content


LONG = element(6, b"\x81" * (MAX_SIZE - 1000) + b"\x01")
MANY_ARCS = element(6, b"\x81\x01" * ((MAX_SIZE - 1000) // 2))


def cms_of(content_type: bytes, signer_info: bytes, certificates: bytes = b"") -> bytes:
    data = b"\x02\x01\x01" + element(0x31, b"") + element(0x30, content_type) + certificates
    return element(
        0x30, SIGNED_DATA + element(0xA0, element(0x30, data + element(0x31, signer_info)))
    )


NAMED = b"\x02\x01\x01" + element(0x30, element(0x30, b"") + b"\x02\x01\x05")
SHA256 = element(0x30, bytes.fromhex("0609608648016503040201"))


@pytest.mark.parametrize("long", [LONG, MANY_ARCS], ids=["one long arc", "many arcs"])
@pytest.mark.parametrize("place", ["outermost", "content", "digest", "attribute", "value"])
def test_a_long_object_identifier(long: bytes, place: str, trust: TrustStore, at: datetime) -> None:
    attribute = element(0x30, DATA + element(0x31, long))
    made = {
        "outermost": element(0x30, long + element(0xA0, b"")),
        "content": cms_of(long, element(0x30, b"")),
        "digest": cms_of(DATA, element(0x30, NAMED + element(0x30, long))),
        "attribute": cms_of(
            DATA,
            element(0x30, NAMED + SHA256 + element(0xA0, element(0x30, long + element(0x31, b"")))),
        ),
        "value": cms_of(DATA, element(0x30, NAMED + SHA256 + element(0xA0, attribute))),
    }
    check = refusal(made[place], trust, at)
    assert check == "parse" if long is LONG else check in ("parse", "certificate")


def test_names_as_long_as_a_signature_may_be(
    key: rsa.RSAPrivateKey, trust: TrustStore, at: datetime
) -> None:
    name = element(0x0C, "Ω".encode() * 20 + " ы".encode() * ((MAX_SIZE - 4000) // 6))
    attribute = element(0x30, bytes.fromhex("0603550403") + name)
    rdn = element(0x30, element(0x31, attribute))
    sid = element(0x30, rdn + b"\x02\x01\x05")
    algorithm = element(0x30, bytes.fromhex("06092a864886f70d01010b") + b"\x05\x00")
    attributes = element(
        0xA0,
        element(0x30, bytes.fromhex("06092a864886f70d010903") + element(0x31, DATA))
        + element(
            0x30, bytes.fromhex("06092a864886f70d010904") + element(0x31, element(4, b"x" * 32))
        ),
    )
    own = certificate(key, "signer", "CA0", 5, key).public_bytes(Encoding.DER)
    info = element(0x30, b"\x02\x01\x01" + sid + SHA256 + attributes + algorithm + element(4, b"x"))
    assert refusal(cms_of(DATA, info, element(0xA0, own)), trust, at) in ("certificate", "parse")


@pytest.mark.parametrize(
    "cms",
    [
        b"\x30\x80" * (MAX_SIZE // 2),
        b"\x30\x80" + SIGNED_DATA + b"\xa0\x80" + b"\x30\x80" * 60_000,
        cms_of(DATA, element(0x30, b"") * 60_000),
        cms_of(DATA + element(0xA0, b"\x24\x80" * 60_000), element(0x30, b"")),
        cms_of(DATA, element(0x30, NAMED + SHA256 + element(0xA0, element(0x30, b"") * 60_000))),
        cms_of(
            DATA,
            element(
                0x30,
                NAMED
                + SHA256
                + element(0xA0, (element(0x30, element(6, b"*") + element(0x31, b""))) * 20_000),
            ),
        ),
    ],
    ids=["nested", "nested inside", "signers", "fragments", "attributes", "the same attribute"],
)
def test_deep_and_wide(cms: bytes, trust: TrustStore, at: datetime) -> None:
    assert refusal(cms, trust, at) in ("parse", "one_signer", "certificate")


def test_an_extension_that_is_there_twice(
    key: rsa.RSAPrivateKey, people: SimpleNamespace, trust: TrustStore, at: datetime
) -> None:
    name = x509.Name([x509.NameAttribute(NameOID.SERIAL_NUMBER, f"IIN{people.iin}")])
    other = x509.UnrecognizedExtension(
        x509.ObjectIdentifier("2.5.29.38"), bytes.fromhex("30050603550401")
    )
    usages = x509.ExtendedKeyUsage([x509.ObjectIdentifier(oids.EMAIL_PROTECTION)])
    once = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(5)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2050, 1, 1, tzinfo=UTC))
        .add_extension(usages, critical=False)
        .add_extension(other, critical=False)
        .sign(key, hashes.SHA256())
    )
    der = once.public_bytes(Encoding.DER)
    twice = der.replace(bytes.fromhex("0603551d26"), bytes.fromhex("0603551d25"))
    assert twice != der
    cms = sign_detached(key, x509.load_der_x509_certificate(twice), CONTENT)
    assert refusal(cms, trust, at) == "certificate"


def test_more_than_a_signature_needs(head: DemoKey, trust: TrustStore, at: datetime) -> None:
    cms = sign_detached(head.private_key, head.certificate, CONTENT, head.issuing * 6)
    assert refusal(cms, trust, at) == "parse"
    big = sign_detached(head.private_key, head.certificate, b"x" * MAX_SIZE)
    assert len(big) < MAX_SIZE
    assert refusal(big + b"\x00" * MAX_SIZE, trust, at) == "parse"
