"""What every check reads and says: a published file, how a fault is told, a pointer and the chain of versions behind it."""

import csv
import hashlib
import io
import json
from datetime import datetime
from pathlib import Path


class Broken(Exception):
    pass


def holds(condition, file, detail):
    if not condition:
        raise Broken(f"{file}: {detail}")


def sha256(data):
    return hashlib.sha256(data).digest()


def instant(text):
    """Milliseconds since 1970; the one form has three digits and a Z."""
    day = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")
    assert len(text) == 24, text
    return round((day - datetime(1970, 1, 1)).total_seconds() * 1000)


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def table(text, header):
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert ",".join(rows[0]) == header, rows[0]
    return rows[1:]


class Site:
    def __init__(self, site, contest):
        self.site, self.contest_id = Path(site), contest

    def read(self, path):
        try:
            return (self.site / path).read_bytes()
        except FileNotFoundError:
            raise Broken(f"{path}: is missing")

    def json(self, path, canonical=False):
        try:
            data = self.read(path)
            value = json.loads(data)
        except ValueError as error:
            raise Broken(f"{path}: {error}")
        holds(not canonical or (compact(value) + "\n").encode() == data, path, "not in its one form")
        return value


class Published(Site):
    """What has a pointer and versions: a round, or the results over the contest."""

    def __init__(self, site, contest, name, folder):
        super().__init__(site, contest)
        self.name, self.folder = name, folder

    def pointer(self):
        path = self.folder + "index.json"
        pointer = self.json(path, canonical=True)
        members = ["schema", "version", "status", "path", "manifest_sha256", "published_at", "history"]
        holds(list(pointer) == members and pointer["schema"] == "hoithi/round/1", path, "other members")
        history = pointer["history"]
        entry = ["version", "manifest_sha256", "reason", "published_at"]
        holds(all(list(line) == entry for line in history), path, "other members")
        holds([entry["version"] for entry in history] == list(range(1, len(history) + 1)) and history, path, "history")
        last = {**history[-1]}
        last.pop("reason")
        holds(last == {name: pointer[name] for name in last} and pointer["path"] == f"v{len(history)}/", path, "pointer")
        return pointer

    def chained(self, history, place):
        """The manifest of a version, which belongs to the history, and the files that it names."""
        folder = f"{self.folder}v{place + 1}/"
        path = folder + "manifest.json"
        holds(sha256(self.read(path)).hex() == history[place]["manifest_sha256"], path, "hash")
        manifest = self.json(path)
        expected = {"schema": "hoithi/manifest/1", "contest": self.contest_id, "round": self.name,
                    "version": place + 1, "previous": history[place - 1]["manifest_sha256"] if place else None,
                    "reason": history[place]["reason"], "history": history[:place]}
        holds({name: manifest[name] for name in expected} == expected, path, "does not belong here")
        files = {}
        for line in manifest["files"]:
            data = self.read(folder + line["name"])
            same = len(data) == line["size"] and sha256(data).hex() == line["sha256"]
            holds(same, folder + line["name"], "hash or size")
            files[line["name"]] = data
        return manifest, files


def same_rows(path, computed, told):
    for at, (ours, theirs) in enumerate(zip(computed, told), 2):
        holds(ours == theirs, path, f"line {at}: told {theirs}, is {ours}")
    holds(len(computed) == len(told), path, f"{len(told)} rows, should be {len(computed)}")
