"""`qadam handler`: automatic steps, looked at and tried alone."""

from __future__ import annotations

import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import orjson

from engine import EngineSettings
from engine.decided import Decide
from engine.external_task import (
    BpmnError,
    ContractBroken,
    DecisionFailed,
    Document,
    ExternalTask,
    TemporaryFailure,
)
from engine.opening import utc_now
from handlers import discover
from web.bootstrap import read_resources, wire
from web.cli.failure import Failure
from web.cli.lone_decisions import lone_decisions
from web.cli.surroundings import configured, thrown_away

_ZONE = EngineSettings().zone


@click.group()
def handler() -> None:
    """Handlers of automatic steps."""


@handler.command("list")
def show() -> None:
    """Lists topics with what each handler reads and gives."""
    for topic, found in sorted(discover().handlers.items()):
        reads = ", ".join(
            name if parameter.required else f"[{name}]"
            for name, parameter in found.contract.reads.items()
        )
        gives = ", ".join(found.contract.gives)
        click.echo(f"{topic}\n  reads {reads or 'nothing'}\n  gives {gives or 'nothing'}")


@handler.command("run")
@click.argument("topic")
@click.option(
    "--vars",
    "variables",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="JSON object of the variables.",
)
@click.option(
    "--save",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for documents it makes.",
)
def run_alone(topic: str, variables: Path, save: Path | None) -> None:
    """Runs one handler alone and prints what it gives.

    No process stands behind it, and nothing goes to a database. Decisions are made by the files
    beside the diagrams, as they are now.
    """
    applications = discover()
    found = applications.handlers.get(topic)
    if found is None:
        known = ", ".join(sorted(applications.handlers))
        raise Failure(f"there is no handler for {topic}; there are {known}")
    values = _read_object(variables)
    with tempfile.TemporaryDirectory(prefix="qadam-handler-") as folder:
        configuration = thrown_away(configured(), Path(folder))
        ports = wire(applications, configuration, utc_now, _ZONE, None)
        try:
            decisions = lone_decisions(read_resources(configuration.diagrams))
            given = found.run(_lone_task(topic, values, decisions), ports)
        except BpmnError as error:
            raise Failure(f"BPMN error {error.code}: {error.message}") from error
        except TemporaryFailure as failure:
            raise Failure(f"temporary failure, would be tried again: {failure}") from failure
        except (ContractBroken, DecisionFailed) as broken:
            raise Failure(str(broken)) from broken
    shown = {name: _shown(value, save) for name, value in given.items()}
    click.echo(orjson.dumps(shown, option=orjson.OPT_INDENT_2, default=str).decode())


def _read_object(path: Path) -> dict[str, object]:
    try:
        values = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise Failure(f"{path} is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise Failure(f"{path} must hold a JSON object of variables")
    return values


def _lone_task(topic: str, values: dict[str, object], decisions: Decide) -> ExternalTask:
    """A job that no process stands behind."""
    now = utc_now()
    return ExternalTask(
        id="lone",
        topic=topic,
        element_id="lone",
        instance_id="lone",
        process_id=topic.partition(".")[0],
        business_key=str(values.get("businessKey", "lone")),
        idempotency_key="lone",
        variables=values,
        now=now,
        today=now.astimezone(ZoneInfo(_ZONE)).date(),
        decisions=decisions,
    )


def _shown(value: object, save: Path | None) -> object:
    """A value as it is printed; of a document its facts, and its bytes go to `save`."""
    if not isinstance(value, Document):
        return value
    if save is not None:
        save.mkdir(parents=True, exist_ok=True)
        (save / Path(value.name).name).write_bytes(value.content)
    return {"document": value.name, "media_type": value.media_type, "size": len(value.content)}
