"""A second, tiny process application: a request for leave. It touches nothing of the engine."""
