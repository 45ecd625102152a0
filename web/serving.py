"""Serving: one process with its threads, which holds the database's lease and the executor."""

from __future__ import annotations

import gc
import logging
import threading
import time
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.errors import AppImportError

from engine.commands import ReleaseLeases
from engine.errors import StoreLocked
from engine.identity import Actor
from engine.jobs import EMBEDDED
from engine.opening import utc_now
from engine.store.database import Database
from engine.store.lease import ServingLease
from handlers.shared.demo.registry_server import RegistryServer
from web.bootstrap import install
from web.configuration import Configuration
from web.kept_checks import CheckStore

log = logging.getLogger(__name__)

_PATIENCE = 10.0


class Server(BaseApplication):
    """Gunicorn with one worker process. Everything is opened in that process, after the fork.

    `registries`, listening already, answer in that process too.
    """

    def __init__(
        self, configuration: Configuration, registries: RegistryServer | None = None
    ) -> None:
        self._configuration = configuration
        self._registries = registries
        super().__init__()

    def load_config(self) -> None:
        """Settings of gunicorn."""
        configuration = self._configuration
        self.cfg.set("bind", f"{configuration.host}:{configuration.port}")
        self.cfg.set("workers", 1)
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("threads", max(8, configuration.threads))
        self.cfg.set("timeout", 120)
        self.cfg.set("graceful_timeout", 20)
        self.cfg.set("loglevel", "warning")
        self.cfg.set("worker_exit", _stop)

    def load(self) -> Any:
        """Opens the installation in the worker process and starts its executor.

        The lease comes first: nothing is migrated under a server that runs. What was leased to an
        executor that died is free at once, since nobody else can hold it.
        """
        database = Database(self._configuration.database_url)
        try:
            lease = hold_lease(database)
        except StoreLocked as locked:
            # Of what a worker raises while it loads, gunicorn prints this one alone, and ends.
            raise AppImportError(f"qadam: {locked}") from locked
        if self._registries is not None:
            self._registries.start()
        installation = install(self._configuration, database=database)
        installation.engine.execute(ReleaseLeases(EMBEDDED), Actor.system())
        for problem in installation.engine.problems_of_running_versions():
            log.error("a running version no longer fits its handlers: %s", problem)
        for warning in installation.signatures.trust.warnings:
            log.warning("trust in %s: %s", self._configuration.trust, warning)
        installation.executor.start()
        installation.outbox.start()
        if installation.checks is not None:
            tell_of_registries(installation.checks)
        application = installation.web()
        application.extensions["qadam.serving"] = (installation, lease)
        _keep_out_of_collections()
        return application


def tell_of_registries(checks: CheckStore) -> None:
    """Asks the registries whether they answer, beside the start, and logs what is wrong."""

    def tell() -> None:
        for registry, problem in checks.registry_problems().items():
            log.error("registry %s gives no usable answer: %s", registry, problem)

    threading.Thread(target=tell, name="qadam-registry-health", daemon=True).start()


def _keep_out_of_collections() -> None:
    """Takes what lives as long as the server out of the garbage collector's rounds.

    A full round through all of it would let whoever asks just then wait.
    """
    gc.collect()
    gc.freeze()


def hold_lease(database: Database, patience: float = _PATIENCE) -> ServingLease:
    """Takes the serving lease; waits a little for a predecessor that is ending.

    Raises StoreLocked.
    """
    lease = ServingLease(database)
    give_up = time.monotonic() + patience
    while True:
        try:
            lease.acquire(utc_now())
        except StoreLocked:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.2)
        else:
            return lease


def _stop(_server: Any, worker: Any) -> None:
    """Ends the executor and the outbox after the last request."""
    wsgi = getattr(worker, "wsgi", None)
    if wsgi is None:
        return
    installation, lease = wsgi.extensions["qadam.serving"]
    installation.executor.stop()
    installation.outbox.stop()
    installation.engine.close()
    lease.release()
