"""`qadam erase`."""

from __future__ import annotations

import click

from engine.commands import ErasePayloads
from engine.identity import Actor
from engine.process_engine import ProcessEngine
from web.cli.failure import Failure
from web.cli.surroundings import configured, existing_database, opened


@click.command()
@click.argument("case")
@click.option("--reason", required=True, help="On what grounds. It stays: name nobody in it.")
@click.option(
    "--signed-documents",
    is_flag=True,
    help="Erase what was signed too: the term is over that the law wants it kept for.",
)
def erase(case: str, reason: str, signed_documents: bool) -> None:
    """Erases what an ended case holds of people.

    CASE is its number or its id. What was erased can't be brought back.
    """
    configuration = configured()
    existing_database(configuration).close()
    engine = opened(configuration).engine
    try:
        instance_id = _instance_of(engine, case)
        engine.execute(ErasePayloads(instance_id, reason, signed_documents), Actor.system())
    finally:
        engine.close()
    click.echo(f"erased: {case}")


def _instance_of(engine: ProcessEngine, case: str) -> str:
    """The id of a case. Raises Failure unless there is exactly one."""
    page = engine.queries.instance_list(Actor.system(), state="all", search=case, limit=500)
    found = [row.id for row in page.rows if row.business_key == case]
    if len(found) > 1:
        raise Failure(f"{len(found)} cases have the number {case}: name one by its id")
    return found[0] if found else case
