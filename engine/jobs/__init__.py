"""Working off jobs. An executor is given `execute` and knows nothing of the store."""

from engine.jobs.embedded import EmbeddedExecutor
from engine.jobs.working import JobRunner

__all__ = ["EmbeddedExecutor", "JobRunner"]
