"""The DMN Technology Compatibility Kit: reading its test files, running them, counting.

One `testCase` of a test file is one case; it passes when all of its result nodes do.
"""
