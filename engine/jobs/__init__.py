"""Working off jobs. An executor is given `execute` and knows nothing of the store."""

from engine.jobs.embedded import EMBEDDED, EmbeddedExecutor
from engine.jobs.working import JobRunner

__all__ = ["EMBEDDED", "EmbeddedExecutor", "JobRunner"]
