"""The topics that tell the employer something: a message in the cabinet, and an e-mail."""

from __future__ import annotations

from collections.abc import Mapping

from engine.external_task import ExternalTask, TemporaryFailure, external_task
from handlers.fk_b03 import contract
from handlers.fk_b03.notices import compose, placeholders
from handlers.shared.notifications import Cabinet, CabinetUnavailable, Message
from handlers.shared.reference_data import ReferenceData


@external_task("fk_b03.notify")
def notify(
    task: ExternalTask,
    cabinet: Cabinet,
    reference_data: ReferenceData,
    notice: str,
    bin: str,
    email: str = "",
) -> None:
    """Any notice of `fk_b03/notices.json`, filled in from the variables of the process.

    The diagram gives `notice` as an input parameter: a new notice needs no Python.
    """
    _tell(task, cabinet, reference_data, notice, bin, email, placeholders(task.variables))


@external_task("fk_b03.notify_decision")
def notify_decision(
    task: ExternalTask,
    cabinet: Cabinet,
    reference_data: ReferenceData,
    bin: str,
    decision: str,
    decision_reason: str = "",
    email: str = "",
) -> None:
    """Row 3.2: the centre's decision (`approve` or `reject`) reaches the employer."""
    values = {"decision_reason": decision_reason}
    _tell(task, cabinet, reference_data, f"decision/{decision}", bin, email, values)


@external_task("fk_b03.notify_closing")
def notify_closing(
    task: ExternalTask,
    cabinet: Cabinet,
    reference_data: ReferenceData,
    bin: str,
    closing: str,
    decline_reason: str = "",
    email: str = "",
) -> None:
    """The case ends without a job: `withdrawn` or `declined`; its places are free again."""
    values = {"decline_reason": decline_reason}
    _tell(task, cabinet, reference_data, f"closing/{closing}", bin, email, values)


@external_task("fk_b03.notify_contract")
def notify_contract(
    task: ExternalTask,
    cabinet: Cabinet,
    reference_data: ReferenceData,
    applications: list,
    contract_number: str,
) -> None:
    """Row 4.2: the contract, signed by the customer, reaches the employer to sign."""
    parties = contract.parties_of(applications)
    values = {
        "contract_number": contract_number,
        "applications": ", ".join(item["business_key"] for item in applications),
    }
    email = parties.requisites.email
    _tell(task, cabinet, reference_data, "contract_to_sign", parties.bin, email, values)


def _tell(
    task: ExternalTask,
    cabinet: Cabinet,
    reference_data: ReferenceData,
    notice: str,
    party: str,
    email: str,
    values: Mapping[str, object],
) -> None:
    number = task.business_key or task.instance_id
    subject, body = compose(
        reference_data.table("fk_b03/notices"), notice, {**values, "number": number}, task.today
    )
    message = Message(
        party=party,
        notice=notice,
        subject=subject,
        body=body,
        sent_at=task.now,
        business_key=task.business_key,
        email=email or None,
    )
    try:
        cabinet.send(message, task.idempotency_key)
    except CabinetUnavailable as error:
        raise TemporaryFailure(str(error)) from error
