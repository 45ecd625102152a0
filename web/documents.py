"""Documents as they are stored: shown in the page, or downloaded."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import Blueprint, request, send_file
from werkzeug.wrappers import Response

from web.context import actor, queries
from web.document_words import file_name

blueprint = Blueprint("documents", __name__, url_prefix="/documents")
_SHOWN = frozenset({"application/pdf", "text/plain", "image/png", "image/jpeg"})


@blueprint.get("/<document_id>")
def show(document_id: str) -> Response:
    """The document's bytes. Only kinds that can't carry a program are shown in the browser."""
    document = queries().document(actor(), document_id)
    wanted = "download" in request.args
    return send_file(
        BytesIO(document.content),
        mimetype=document.ref.media_type,
        as_attachment=wanted or document.ref.media_type not in _SHOWN,
        download_name=file_name(document.ref),
    )


@blueprint.get("/<document_id>/signed")
def signed(document_id: str) -> Response:
    """The document with every signature over it (NAME.1.p7s, …), as one ZIP file."""
    document = queries().document(actor(), document_id)
    name = file_name(document.ref)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo(name), document.content)
        for number, each in enumerate(document.ref.signatures, 1):
            cms = queries().signature(actor(), each.id).cms
            archive.writestr(ZipInfo(f"{name}.{number}.p7s"), cms)
    packed.seek(0)
    return send_file(
        packed, mimetype="application/zip", as_attachment=True, download_name=f"{name}.zip"
    )


@blueprint.get("/signatures/<signature_id>")
def signature(signature_id: str) -> Response:
    """A detached signature (CMS in DER) over a document, to be verified elsewhere.

    Refused to who sees the case, but not whose certificate signed.
    """
    found = queries().signature(actor(), signature_id)
    return send_file(
        BytesIO(found.cms),
        mimetype="application/pkcs7-signature",
        as_attachment=True,
        download_name=f"{file_name(found.document)}.p7s",
    )


@blueprint.get("/signatures/<signature_id>/evidence")
def evidence(signature_id: str) -> Response:
    """What was checked of a signature, with the certificates and answers it was read from."""
    found = queries().signature(actor(), signature_id)
    signed, document = found.signature, found.document
    told = {
        "signature": signed.id,
        "signer": signed.signer,
        "signed_at": signed.signed_at.isoformat(),
        "document": {"name": document.name, "sha256": document.sha256, "size": document.size},
        "evidence": signed.evidence,
    }
    return send_file(
        BytesIO(json.dumps(told, ensure_ascii=False, indent=2).encode()),
        mimetype="application/json",
        as_attachment=True,
        download_name=f"{file_name(document)}.evidence.json",
    )
