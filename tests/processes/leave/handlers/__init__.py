"""Handlers of the request for leave."""
