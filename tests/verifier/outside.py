"""Published rounds by libraries that nobody here wrote: PyNaCl checks what is signed, pymerkle what is in the tree.

    target/verifiers/bin/python tests/verifier/outside.py SITE

Every round below SITE, and every receipt of `receipts.json` beside `contests/`. Exit 0: everything holds; 1: the first
difference is named. It judges no rank and no score; the three verifiers do.
"""

import base64
import json
import sys
from hashlib import sha256
from pathlib import Path

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from pymerkle import InmemoryTree, verify_inclusion
from pymerkle.hasher import MerkleHasher


def holds(condition, what):
    if not condition:
        sys.exit(f"BROKEN {what}")


def opened(note, verifier, what):
    """The lines of a C2SP signed note."""
    name, key_id, typed = verifier.split("+", 2)
    algorithm, key = base64.b64decode(typed)[:1], base64.b64decode(typed)[1:]
    holds(algorithm == b"\1" and sha256(name.encode() + b"\n" + algorithm + key).hexdigest()[:8] == key_id, f"{what}: key")
    text, _, signature = note.rpartition(f"\n— {name} ")
    blob = base64.b64decode(signature.strip())
    holds(blob[:4].hex() == key_id, f"{what}: signed by another key")
    try:
        return VerifyKey(key).verify(text.encode(), blob[4:]).decode().splitlines()
    except BadSignatureError:
        sys.exit(f"BROKEN {what}: signature")


def check(site, pointer_path, receipts):
    contest, round_id = pointer_path.parts[-4], pointer_path.parts[-2]
    pointer = json.loads(pointer_path.read_bytes())
    folder = pointer_path.parent / pointer["path"]
    manifest_bytes = (folder / "manifest.json").read_bytes()
    holds(sha256(manifest_bytes).hexdigest() == pointer["manifest_sha256"], f"{folder}/manifest.json: hash")
    verifier = json.loads((site / "contests" / contest / "contest.json").read_bytes())["public_key"]

    lines = (folder / "ledger.jsonl").read_bytes().splitlines()
    tree = InmemoryTree(algorithm="sha256")
    for line in lines:
        tree.append_entry(line)
    origin, size, root, *_ = opened((folder / "checkpoint").read_text("utf-8"), verifier, f"{folder}/checkpoint")
    holds(origin == f"hoithi/{contest}/{round_id}", f"{folder}/checkpoint: origin {origin}")
    holds(size == str(len(lines)), f"{folder}/checkpoint: {len(lines)} lines, not {size}")
    root = base64.b64decode(root)
    holds(not lines or tree.get_root() == root, f"{folder}/checkpoint: root")
    holds(json.loads(manifest_bytes)["ledger_root"] == root.hex(), f"{folder}/manifest.json: ledger_root")

    hasher = MerkleHasher("sha256")
    entries = [json.loads(line) for line in lines]
    places = {(entry["pseudonym"], str(entry["attempt"])): place for place, entry in enumerate(entries)}
    holds(len(places) == len(lines), f"{folder}/ledger.jsonl: an attempt stands there twice")
    for note in receipts:
        kind, of_contest, of_round, name, attempt, received, commitment = opened(note, verifier, "receipt")
        holds((kind, of_contest, of_round) == ("hoithi/receipt/1", contest, round_id), f"receipt: of {of_contest} {of_round}")
        place = places.get((name, attempt))
        holds(place is not None, f"{folder}/ledger.jsonl: lacks attempt {attempt} of {name}")
        sealed = {member: value for member, value in entries[place].items() if member != "unit"}
        sealed = json.dumps(sealed, ensure_ascii=False, separators=(",", ":")).encode()
        same = entries[place]["submitted_at"] == received and sha256(sealed).hexdigest() == commitment
        holds(same, f"{folder}/ledger.jsonl: attempt {attempt} of {name} is not what its receipt says")
        # Raises where the path does not lead from the line to the signed root.
        verify_inclusion(hasher.hash_buff(lines[place]), root, tree.prove_inclusion(place + 1))


site = Path(sys.argv[1])
receipts = {}
if (site / "receipts.json").is_file():
    for contest, round_id, note in json.loads((site / "receipts.json").read_bytes()):
        receipts.setdefault((contest, round_id), []).append(note)
pointers = sorted(site.glob("contests/*/rounds/*/index.json"))
for path in pointers:
    check(site, path, receipts.pop((path.parts[-4], path.parts[-2]), []))
holds(pointers and not receipts, f"{site}: no rounds, or not those of the receipts {list(receipts)}")
print(len(pointers), "rounds hold")
