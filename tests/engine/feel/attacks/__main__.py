"""Makes every attack in one process, and prints how much memory it took at most: a line of JSON."""

from __future__ import annotations

import json
import resource

from tests.engine.feel.attacks.making import TooLong, make, watched
from tests.engine.feel.attacks.tables import ATTACKS

KIBIBYTES = 1024


def main() -> None:
    """Prints `{"attacks": n, "mebibytes": n, "most": {name: mebibytes}}`."""
    before = _peak()
    grown: dict[str, int] = {}
    for attack in ATTACKS:
        peak = _peak()
        try:
            with watched():
                make(attack)
        except TooLong:
            grown[f"{attack.name} (took too long)"] = _peak() - peak
            continue
        grown[attack.name] = _peak() - peak
    most = dict(sorted(grown.items(), key=lambda each: -each[1])[:5])
    print(json.dumps({"attacks": len(grown), "mebibytes": _peak() - before, "most": most}))


def _peak() -> int:
    """The most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KIBIBYTES


if __name__ == "__main__":
    main()
