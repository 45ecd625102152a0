"""The web: renders what the engine's queries give, and turns presses into commands."""
