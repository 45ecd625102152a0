"""Variables to try each handler with: one file per topic, invented data."""
