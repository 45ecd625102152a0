"""`qadam verify-signature`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from engine.errors import SignatureRefused
from engine.opening import utc_now
from engine.signatures import Evidence, Expectation
from engine.signatures.parsing import parse
from engine.signatures.proof import Outcome, Proof, failed, held, prove
from engine.store.documents import SignedDocument, signed_documents
from web.bootstrap import verifier
from web.cli.failure import Failure
from web.cli.surroundings import configured, existing_database, language_option
from web.configuration import Configuration
from web.signature_check import certificate_of
from web.signing.given import as_der

_WORDS = {
    Outcome.HOLDS: "ok",
    Outcome.FAILED: "FAILED",
    Outcome.IDLE: "not made",
    Outcome.OPEN: "not reached",
}
_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("verify-signature")
@click.argument("identifier", required=False, metavar="[DOCUMENT-OR-SIGNATURE-ID]")
@click.option("--cms", type=_file, help="A file with a signature, from wherever.")
@click.option("--content", type=_file, help="The file that it is over.")
@language_option
def verify_signature(
    identifier: str | None, cms: Path | None, content: Path | None, language: str
) -> None:
    """Proves stored signatures again, or verifies a file with one.

    A stored signature is verified for the moment of its evidence, with the certificates and the
    answers that were kept then and the roots that are trusted today. A file is verified for now, as
    that of whomever its certificate names. Says of each check how it went, and ends with exit
    code 1 where one failed.
    """
    if (cms is None) != (content is None) or (identifier is None) == (cms is None):
        raise click.UsageError("Give an id, or --cms and --content.")
    configuration = configured()
    if cms is not None and content is not None:
        proofs = [_of_files(configuration, cms, content, language)]
    else:
        proofs = _of_stored(configuration, identifier or "", language)
    if not all(proof.holds for proof in proofs):
        raise SystemExit(1)


def _of_stored(configuration: Configuration, identifier: str, language: str) -> list[Proof]:
    database = existing_database(configuration)
    try:
        with database.reading() as connection:
            found = signed_documents(connection, identifier)
    finally:
        database.close()
    if not found:
        raise Failure(f"there is no signature {identifier}, and none over a document {identifier}")
    trust = verifier(configuration).trust
    proofs = []
    for each in found:
        _tell_what_is_stored(each)
        proof = prove(each.evidence, each.cms, each.content, trust)
        _tell(proof, language)
        proofs.append(proof)
    return proofs


def _of_files(configuration: Configuration, cms: Path, content: Path, language: str) -> Proof:
    signatures = verifier(configuration)
    signed, at = content.read_bytes(), utc_now()
    try:
        message = parse(as_der(cms.read_bytes()))
        subject = certificate_of(message).subject
        expect = Expectation(subject.iin or "", frozenset({subject.enterprise or ""}))
        proof = held(signatures.examine_message(message, signed, at).accept(expect))
    except SignatureRefused as refusal:
        proof = failed(refusal)
    click.echo(f"{cms} over {content}")
    _tell(proof, language)
    return proof


def _tell_what_is_stored(stored: SignedDocument) -> None:
    click.echo(
        f"signature {stored.signature_id} over {stored.name} (document {stored.document_id})"
    )
    click.echo(f"  taken from {stored.signer} at {_moment(stored.signed_at)}")


def _tell(proof: Proof, language: str) -> None:
    if proof.evidence is not None:
        _tell_whose(proof.evidence)
    for check, outcome in proof.checks:
        click.echo(f"  {check:<19} {_WORDS[outcome]}")
    if proof.refusal is not None:
        click.echo(f"  does not hold: {proof.refusal.messages[language]}")
    elif proof.evidence is not None:
        click.echo(f"  holds for {_moment(proof.evidence.verified_at)}")


def _tell_whose(evidence: Evidence) -> None:
    signer = evidence.signer
    whose = [signer.common_name, f"IIN {signer.iin}", signer.organisation or ""]
    whose.append(f"BIN {signer.bin}" if signer.bin else "")
    click.echo(f"  certificate of {', '.join(filter(None, whose))}")
    click.echo(f"  issued by {signer.issuer}, serial {signer.serial}")
    click.echo(f"  valid {_moment(signer.not_before)} to {_moment(signer.not_after)}")
    click.echo(f"  sha256 of the document {evidence.content_sha256}")
    click.echo(
        f"  verified by {evidence.verifier} ({evidence.signature_algorithm}); revocation: "
        f"{evidence.revocation} ({evidence.revocation_mode})"
    )
    proven = "" if evidence.time_stamped_at is None else f" {_moment(evidence.time_stamped_at)}"
    click.echo(f"  time stamp: {evidence.time_stamp}{proven}")


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S %Z}".strip()
