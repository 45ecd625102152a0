"""Figures of the engine: counts, bytes and ratios of one run. `python -m benchmarks --help`."""
