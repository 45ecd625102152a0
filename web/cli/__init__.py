"""The command line: `qadam COMMAND`. One file a command."""

from __future__ import annotations

import logging

import click

from web.cli import (
    check_registries,
    clean_up,
    decide,
    demo_registries,
    deploy,
    erase,
    handler,
    history,
    import_classifier,
    lint,
    run,
    serve,
    signature,
)
from web.cli.failure import Commands

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-v", "--verbose", is_flag=True, help="Say more of what is done.")
def main(verbose: bool) -> None:
    """Qadam executes BPMN diagrams as drawn."""
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format=_FORMAT)
    logging.getLogger("alembic").setLevel(logging.WARNING)


for command in (
    lint.lint,
    decide.decide,
    deploy.deploy,
    import_classifier.import_classifier_command,
    import_classifier.withdraw_classifier,
    serve.serve,
    serve.demo,
    demo_registries.demo_registries,
    check_registries.check_registries,
    run.run,
    handler.handler,
    history.verify_history,
    history.anchor_history,
    signature.verify_signature,
    clean_up.clean_up,
    erase.erase,
):
    main.add_command(command)
