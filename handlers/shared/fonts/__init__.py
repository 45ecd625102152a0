"""Noto Serif, regular and bold, for documents (SIL Open Font License 1.1: `licences/`)."""
