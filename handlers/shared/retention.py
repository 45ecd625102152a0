"""What is kept of a case beside the engine's tables goes with it; inquiries go with their job."""

from __future__ import annotations

from engine.retention import Cleanup, ErasedInstance, on_cleanup, on_erasure
from handlers.shared import details_records, email_records, inquiry_records


@on_erasure
def forget_case(erased: ErasedInstance) -> None:
    """Messages with their e-mails, inquiries, and the details that were given in the case.

    What an enterprise keeps on its account page, and its language, are no part of a case.
    """
    connection = erased.connection
    email_records.forget_messages(connection, erased.instance_id)
    inquiry_records.end_inquiries(
        connection, inquiry_records.keys_of(connection, erased.instance_id)
    )
    if erased.business_key:
        details_records.forget_given_in(connection, erased.business_key)


@on_cleanup
def end_abandoned_inquiries(cleanup: Cleanup) -> int:
    """Inquiries whose job is gone: the step was left, or the case ended, while they waited."""
    keys = inquiry_records.all_keys(cleanup.connection)
    for first in range(0, len(keys), cleanup.limit):
        some = keys[first : first + cleanup.limit]
        abandoned = sorted(set(some) - cleanup.jobs_left(some))
        if abandoned:
            inquiry_records.end_inquiries(cleanup.connection, abandoned)
            return len(abandoned)
    return 0
