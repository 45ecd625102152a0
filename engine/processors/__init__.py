"""Who carries out which command: one function a command, one file a noun."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine import commands
from engine.processors.calendar import edit_calendar
from engine.processors.cleanup import clean_up
from engine.processors.dated_table import edit_dated_table
from engine.processors.deployment import deploy
from engine.processors.erasure import erase_payloads
from engine.processors.external_task import (
    complete_external_task,
    extend_lock,
    fetch_and_lock_jobs,
    report_bpmn_error,
    report_failure,
)
from engine.processors.incident import resolve_incident
from engine.processors.job import hasten_jobs, retry_job, run_job
from engine.processors.lease import release_leases
from engine.processors.message import correlate_message
from engine.processors.process_instance import (
    cancel_process_instance,
    set_variables,
    start_process_instance,
)
from engine.processors.signing import prepare_signature
from engine.processors.upload import upload_document
from engine.processors.user_task import (
    assign_task,
    check_task,
    claim_task,
    complete_task,
    save_task_draft,
    set_task_due_date,
    unclaim_task,
)
from engine.processors.work import Work

PROCESSORS: Mapping[type[commands.Command], Callable[[Work, Any], Any]] = {
    commands.Deploy: deploy,
    commands.StartProcessInstance: start_process_instance,
    commands.ClaimTask: claim_task,
    commands.UnclaimTask: unclaim_task,
    commands.AssignTask: assign_task,
    commands.SetTaskDueDate: set_task_due_date,
    commands.SaveTaskDraft: save_task_draft,
    commands.UploadDocument: upload_document,
    commands.PrepareSignature: prepare_signature,
    commands.CheckTask: check_task,
    commands.CompleteTask: complete_task,
    commands.CancelProcessInstance: cancel_process_instance,
    commands.SetVariables: set_variables,
    commands.CorrelateMessage: correlate_message,
    commands.FetchAndLockJobs: fetch_and_lock_jobs,
    commands.ExtendLock: extend_lock,
    commands.ReleaseLeases: release_leases,
    commands.RunJob: run_job,
    commands.CompleteExternalTask: complete_external_task,
    commands.ReportBpmnError: report_bpmn_error,
    commands.ReportFailure: report_failure,
    commands.RetryJob: retry_job,
    commands.HastenJobs: hasten_jobs,
    commands.ResolveIncident: resolve_incident,
    commands.EditCalendar: edit_calendar,
    commands.EditDatedTable: edit_dated_table,
    commands.ErasePayloads: erase_payloads,
    commands.CleanUp: clean_up,
}
