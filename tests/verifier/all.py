"""Checks every contest below a folder, round by round and over the contest, and receipts of `receipts.json` beside it."""

import json
import sys
from pathlib import Path

from verify import Round, check_contest

site = Path(sys.argv[1])
receipts = {}
for contest, round_id, note in json.loads((site / "receipts.json").read_bytes()):
    receipts.setdefault((contest, round_id), []).append(note)


class WithReceipt(Round):
    def check(self):
        one, *_ = receipts.get((self.contest_id, self.round_id), [None])
        super().check(one)


for folder in sorted(path for path in (site / "contests").iterdir() if path.is_dir()):
    check_contest(site, folder.name, WithReceipt)
