"""Flips bits all over the files of one round: every one must be found, and the file with it be named.

    python3 flips.py SITE CONTEST ROUND
"""

import sys
from pathlib import Path

from verify import Broken, Round

STEP = 97  # bytes between two flips of a longer file: signatures are slow here


class Flipped(Round):
    def read(self, path):
        data = super().read(path)
        if path == self.flipped:
            data = data[: self.at] + bytes([data[self.at] ^ 1 << self.at % 8]) + data[self.at + 1 :]
        return data


site, contest, round_id = sys.argv[1:]
folder = Path(site, "contests", contest, "rounds", round_id)
flips = 0
for file in sorted(path for path in folder.rglob("*") if path.is_file()):
    path = str(file.relative_to(site))
    for at in range(0, file.stat().st_size, 7 if file.name == "index.json" else STEP):
        one = Flipped(site, contest, round_id)
        one.flipped, one.at = path, at
        try:
            one.check()
        except Broken as broken:
            named = str(broken).partition(":")[0]
            other = file.name == "index.json" and named.endswith("manifest.json")
            assert named == path or other, f"byte {at} of {path}: {broken}"
        else:
            sys.exit(f"byte {at} of {path} is not missed")
        flips += 1
print(flips, "flips found")
