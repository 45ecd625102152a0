"""Qadam's engine: executes any diagram, and knows nothing of labour law, Flask or HTML.

Open one with `open_engine`, change things with `execute(command, actor)`, read with `queries`.
"""

from engine.opening import open_engine
from engine.process_engine import ProcessEngine
from engine.settings import EngineSettings

__all__ = ["EngineSettings", "ProcessEngine", "open_engine"]
