"""Files of a demonstration."""
