"""The topics that tell the employer something: a message in the cabinet, and an e-mail."""

from __future__ import annotations

from engine.external_task import ExternalTask, external_task
from handlers.fk_b03 import contract
from handlers.fk_b03.notices import placeholders, tell
from handlers.shared.notice_texts import NoticeTexts
from handlers.shared.notifications import Cabinet
from handlers.shared.reference_data import ReferenceData


@external_task("fk_b03.notify")
def notify(
    task: ExternalTask,
    cabinet: Cabinet,
    notices: NoticeTexts,
    reference_data: ReferenceData,
    notice: str,
    bin: str,
    email: str = "",
) -> None:
    """Any notice of `fk_b03/notices.json`, filled in from the variables of the process.

    The diagram gives `notice` as an input parameter: a new notice needs no Python.
    """
    values = placeholders(task.variables, reference_data)
    tell(task, cabinet, notices, notice, bin, values, email=email)


@external_task("fk_b03.notify_decision")
def notify_decision(
    task: ExternalTask,
    cabinet: Cabinet,
    notices: NoticeTexts,
    bin: str,
    decision: str,
    decision_reason: str = "",
    email: str = "",
) -> None:
    """Row 3.2: the centre's decision (`approve` or `reject`) reaches the employer."""
    values = {"decision_reason": decision_reason}
    tell(task, cabinet, notices, f"decision/{decision}", bin, values, email=email)


@external_task("fk_b03.notify_closing")
def notify_closing(
    task: ExternalTask,
    cabinet: Cabinet,
    notices: NoticeTexts,
    bin: str,
    closing: str,
    decline_reason: str = "",
    email: str = "",
) -> None:
    """The case ends without a job: `withdrawn` or `declined`; its places are free again."""
    values = {"decline_reason": decline_reason}
    tell(task, cabinet, notices, f"closing/{closing}", bin, values, email=email)


@external_task("fk_b03.notify_contract")
def notify_contract(
    task: ExternalTask,
    cabinet: Cabinet,
    notices: NoticeTexts,
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
    tell(task, cabinet, notices, "contract_to_sign", parties.bin, values, email=email)
