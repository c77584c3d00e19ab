"""Ranks every round and contest below a folder. Signatures, which cost most of the time of `all.py`, are believed here."""

import sys
from pathlib import Path

from verify import Round, check_contest


class Figures(Round):
    def opened(self, note, verifier):
        return note.rpartition("\n\n")[0] + "\n"


site = Path(sys.argv[1])
for folder in sorted(path for path in (site / "contests").iterdir() if path.is_dir()):
    check_contest(site, folder.name, Figures)
print(len(list(site.glob("contests/*/rounds/*/index.json"))))
