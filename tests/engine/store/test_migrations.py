"""The revisions make exactly the tables of the code, on a new database and on a used one."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from engine.store.database import Database
from engine.store.migrations import configuration, migrate
from engine.store.tables import metadata
from handlers import discover


def test_revisions_make_the_tables_of_the_code(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with database.transaction() as connection:
        migrate(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [
            each
            for each in compare_metadata(context, metadata)
            if not (each[0] == "remove_table" and each[1].name == "alembic_version")
        ]
    database.close()
    assert differences == []


def test_a_database_of_the_first_version_gets_the_tables_of_this_one(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with database.transaction() as connection:
        command.upgrade(configuration(connection), "engine_0001")
        connection.execute(
            metadata.tables["counter"].insert().values(tenant="", name="cases", value=7)
        )
        assert "decision_definition" not in inspect(connection).get_table_names()
    with database.transaction() as connection:
        migrate(connection)
        assert {"decision_definition", "decision_evaluation"} <= set(
            inspect(connection).get_table_names()
        )
        kept = connection.execute(metadata.tables["counter"].select()).one()
    database.close()
    assert tuple(kept) == ("", "cases", 7)


def test_engine_and_applications_migrate_side_by_side_and_again(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'x.sqlite'}")
    folders = discover().migrations
    for _ in range(2):
        with database.transaction() as connection:
            migrate(connection, folders)
            rows = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
            versions = {row[0] for row in rows}
    database.close()
    assert {version.partition("_0")[0] for version in versions} == {"engine", "fk_b03", "shared"}
