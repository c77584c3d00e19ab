"""Ranks every round below a folder. Signatures, which cost most of the time of `all.py`, are believed here."""

import sys
from pathlib import Path

from verify import Round


class Figures(Round):
    def opened(self, note, verifier):
        return note.rpartition("\n\n")[0] + "\n"


site = Path(sys.argv[1])
pointers = sorted(site.glob("contests/*/rounds/*/index.json"))
for pointer in pointers:
    Figures(site, pointer.parts[-4], pointer.parts[-2]).check()
print(len(pointers))
