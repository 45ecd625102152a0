"""Runs test data of other projects, which lies beside this project and is nowhere copied.

    python -m tests.conformance SUITE FOLDER [-v]

prints one line of JSON: how many cases there are, and how many pass.
"""
