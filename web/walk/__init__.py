"""Walking a process in the terminal: tasks are answered from a file, or by who sits there."""

from web.walk.guide import Guide, Offer
from web.walk.script import Script, read_script
from web.walk.terminal import Terminal
from web.walk.walking import Walk

__all__ = ["Guide", "Offer", "Script", "Terminal", "Walk", "read_script"]
