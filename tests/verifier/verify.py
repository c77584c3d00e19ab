"""A third verifier of published rounds, from docs/TRUST.md alone and with nothing but Python's library.

    python3 verify.py SITE CONTEST [ROUND [RECEIPT]]

SITE is a folder with `contests/` in it. Without a round every published one is checked, and then what is published over
the contest. Exit 0: everything holds; 1: the first difference is named.
"""

import base64
import json
import sys
from collections import Counter
from datetime import datetime
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

import lots
from decisions import Ruling, explained, follow, is_official
from ed25519 import verify as ed25519_verify
from files import Broken, Published, compact, holds, instant, same_rows, sha256, table
from overall import OverContest
from ranking import (actual_of, award, by_place, changes_between, contestant, is_valid, number, rank, told_of,
                     totals_of, two_decimals)
from units import UNITS, cells, round_table


# ---- notes and trees


def open_note(note, verifier):
    """The signed text, or None."""
    name, key_id, typed = verifier.split("+", 2)
    typed = base64.b64decode(typed, validate=True)
    if sha256(name.encode() + b"\n" + typed)[:4].hex() != key_id or typed[0] != 1:
        return None
    text, _, signatures = note.rpartition("\n\n")
    for line in signatures.rstrip("\n").split("\n"):
        dash, signer, blob = (line.split(" ") + ["", "", ""])[:3]
        try:
            blob = base64.b64decode(blob, validate=True)
        except ValueError:
            continue
        known = dash == "—" and signer == name and blob[:4].hex() == key_id
        if known and ed25519_verify(typed[1:], (text + "\n").encode(), blob[4:]):
            return text + "\n"
    return None


def tree_root(leaves):
    """RFC 6962, 2.1: pairs are folded from below, and an odd one is carried up."""
    level = [sha256(b"\0" + leaf) for leaf in leaves] or [sha256(b"")]
    while len(level) > 1:
        pairs = [sha256(b"\1" + a + b) for a, b in zip(level[::2], level[1::2])]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0]


# ---- rounds


RANKING = "rank,contestant,unit,score,perfect,prediction,prediction_distance,duration_ms,submitted_at,attempt"


class Round(Published):
    def __init__(self, site, contest, round_id, keeps=frozenset()):
        """`keeps` are the versions of which what they add to the contest is remembered."""
        super().__init__(site, contest, round_id, f"contests/{contest}/rounds/{round_id}/")
        self.round_id, self.keeps, self.taken = round_id, keeps, {}

    def opened(self, note, verifier):
        return open_note(note, verifier)

    def check(self, receipt=None):
        pointer = self.pointer()
        history = self.history = pointer["history"]
        at_closing = ledger = lots = None
        self.decisions, self.first_ranked, self.told = [], None, None
        for place, entry in enumerate(history):
            files = self.files(history, place)
            ledger = ledger or files["ledger.jsonl"]
            holds(files["ledger.jsonl"] == ledger, f"{self.folder}v{place + 1}/ledger.jsonl", "is not the first one's")
            holds(lots in (None, files.get("lots.json")), f"{self.folder}v{place + 1}/lots.json", "is not the first draw's")
            lots = files.get("lots.json")
            ruling = self.decided(f"{self.folder}v{place + 1}/", files, history, place)
            totals = self.version(f"{self.folder}v{place + 1}/", files, history, place, at_closing, ruling)
            at_closing = at_closing or totals
        results = json.loads(files["results.json"])
        holds(results["status"] == pointer["status"], self.folder + "index.json", "status")
        if receipt:
            self.receipt(receipt, json.loads(files["contest.json"])["public_key"], ledger)

    def files(self, history, place):
        manifest, files = self.chained(history, place)
        path = f"{self.folder}v{place + 1}/manifest.json"
        root = tree_root(files["ledger.jsonl"].splitlines())
        holds(manifest["ledger_root"] == root.hex(), path, "ledger_root")
        contest = json.loads(files["contest.json"])
        rules = sha256(compact(contest["rules"]).encode()).hex()
        holds(manifest["rules_sha256"] == contest["rules_sha256"] == rules, path, "rules_sha256")
        return files

    def decided(self, folder, files, history, place):
        """What was decided since closing: the versions before, and at most one decision more."""
        lines, known = [], self.decisions
        if "decisions.json" in files:
            told = json.loads(files["decisions.json"])
            expected = {"schema": "hoithi/decisions/1", "contest": self.contest_id, "round": self.round_id}
            holds({name: told[name] for name in expected} == expected, folder + "decisions.json", "does not belong here")
            lines = told["decisions"]
        reason = history[place]["reason"]
        holds(follow(lines, known, place == 0), folder + "decisions.json", "does not follow")
        holds(explained(lines, known, reason, place == 0), folder + "manifest.json", "another reason")
        status = "official" if is_official(lines, known) else "provisional"
        holds(json.loads(files["results.json"])["status"] == status, folder + "results.json", "status")
        self.decisions = lines
        return Ruling(lines)

    def version(self, folder, files, history, place, at_closing, ruling):
        contest = json.loads(files["contest.json"])
        this = next(line for line in contest["rounds"] if line["id"] == self.round_id)
        self.units(contest, folder + "contest.json")
        self.standing(contest, this)
        # Points of all rounds, and what an attempt of this one is.
        contest["points"], contest["attempt"] = contest["attempt"]["points"], this.get("attempt", contest["attempt"])
        if place + 1 in self.keeps:
            self.taken[place + 1] = {"round": self.round_id, "contest": contest, "closes": instant(this["closes"]),
                                     "closed_at": this["closes"], "results": json.loads(files["results.json"]),
                                     "this": this, "first": history[0],
                                     "root": tree_root(files["ledger.jsonl"].splitlines())}
        entries = self.ledger(folder, files, contest, this)
        text = self.opened(files["checkpoint"].decode(), contest["public_key"])
        root = base64.b64encode(tree_root(files["ledger.jsonl"].splitlines())).decode()
        expected = f"hoithi/{self.contest_id}/{self.round_id}\n{len(entries)}\n{root}\n"
        holds(text == expected, folder + "checkpoint", "signature, size or root")
        people = table(files["participants.csv"].decode(), "contestant,ranked,won_before,registered_at")
        self.first_ranked = self.first_ranked or {row[0]: row[1] == "true" for row in people}
        for name, ranked, *_ in people:
            same = (ranked == "true") == ruling.ranked.get(name, self.first_ranked.get(name))
            holds(same, folder + "participants.csv", f"{name}: ranked, or not, against the decisions")
        if contest["attempt"]["reveal_key"] == "never":
            return None
        key = self.key(folder, files, this, ruling)
        return self.figures(folder, files, contest, this, entries, key, history, place, at_closing, ruling)

    def units(self, contest, path):
        """Headcounts and tree are those that the first round opened with; units may have been added since."""
        cells = [[unit[key] for key in ("code", "parent", "level", "members")]
                 for unit in contest["units"] if "added_at" not in unit]
        lines = sorted("\t".join("" if cell is None else str(cell) for cell in row) + "\n" for row in cells)
        same = sha256("".join(["hoithi/units/1\n", *lines]).encode()).hex() == contest["units_sha256"]
        first = min(instant(line["opens"]) for line in contest["rounds"])
        later = all(instant(unit["added_at"]) >= first for unit in contest["units"] if "added_at" in unit)
        holds(same and later, path, "units")

    def standing(self, contest, this):
        """The rules of the version must be those that stand since before the round."""
        path = f"contests/{self.contest_id}/contest.json"
        now = self.json(path)
        for member in ["id", "time_zone", "rounding", "fields", "attempt", "prediction", "ranking", "overall", "prizes",
                       "collective", "units_sha256", "public_key"]:
            holds(now.get(member) == contest.get(member), path, member)
        line = next(line for line in now["rounds"] if line["id"] == self.round_id)
        holds({**line, "publishes": ""} == {**this, "publishes": ""}, path, f"round {self.round_id}")

    def ledger(self, folder, files, contest, this):
        path = folder + "ledger.jsonl"
        entries, rules = [], contest["attempt"]
        opens, closes = instant(this["opens"]), instant(this["closes"])
        for line_number, line in enumerate(files["ledger.jsonl"].decode().splitlines(), 1):
            says = f"line {line_number}"
            entry = json.loads(line)
            holds(compact(entry) == line and list(entry) == sorted(entry), path, f"{says}: form")
            holds(list(entry) == ["answers", "attempt", "prediction", "pseudonym", "salt", "started_at",
                                  "submitted_at", "unit"], path, f"{says}: members")
            place = (entry["pseudonym"], entry["attempt"])
            holds(not entries or (entries[-1]["pseudonym"], entries[-1]["attempt"]) < place, path, f"{says}: order")
            entry["started"], entry["submitted"] = instant(entry["started_at"]), instant(entry["submitted_at"])
            until = entry["started"] + rules["minutes"] * 60_000 + rules["grace_seconds"] * 1000
            until = min(until, closes) if rules["minutes"] else closes
            holds(opens <= entry["started"] <= entry["submitted"] < until, path, f"{says}: time")
            allowed = rules["per_round"] or entry["attempt"]
            holds(1 <= entry["attempt"] <= allowed, path, f"{says}: attempt")
            holds(len(entry["answers"]) == rules["questions"], path, f"{says}: questions")
            entries.append(entry)
        self.days(path, contest, entries)
        return entries

    @staticmethod
    def days(path, contest, entries):
        """Nobody has more attempts of one local day than the plan allows."""
        most, started = contest["attempt"].get("per_day", 0), Counter()
        for entry in entries if most else []:
            at = datetime.fromtimestamp(entry["started"] // 1000, ZoneInfo(contest["time_zone"]))
            day = (entry["pseudonym"], at.date())
            started[day] += 1
            holds(started[day] <= most, path, f"{day}: attempts of a day")

    def key(self, folder, files, this, ruling):
        if this["key_commitment"] is None:
            return {}
        path = folder + "key.json"
        holds("key.json" in files, path, "is missing")
        opened = json.loads(files["key.json"])
        canonical = compact(dict(sorted(opened["key"].items()))).encode()
        commitment = sha256(b"hoithi/key/1" + bytes.fromhex(opened["nonce"]) + canonical).hex()
        holds(commitment == this["key_commitment"], path, "does not open the commitment")
        changed = (sorted(opened.get("rekeyed", {})), opened.get("voided", []))
        holds(changed == (sorted(ruling.rekeyed), sorted(ruling.voided)), path, "changed against the decisions")
        return {**opened["key"], **opened.get("rekeyed", {})}

    def figures(self, folder, files, contest, this, entries, key, history, place, at_closing, ruling):
        text = {name: files[name].decode() for name in ("ranking.csv", "units.csv", "participants.csv")}
        listed = {row[1]: row for row in table(text["ranking.csv"], RANKING)}
        path = folder + "participants.csv"
        people = table(text["participants.csv"], "contestant,ranked,won_before,registered_at")
        by_person = {name: list(group) for name, group in groupby(entries, key=lambda entry: entry["pseudonym"])}
        holds([row[0] for row in people] == list(by_person), path, "not the ledger's people")
        contestants, hidden = [], False
        for name, ranked, won_before, registered_at in people:
            attempts = by_person[name]
            unit = attempts[0]["unit"]
            told = listed[name][2] if name in listed else ""
            holds(not (unit and told) or unit == told, folder + "ranking.csv", f"unit of {name}")
            counting = [entry for entry in attempts if (name, entry["attempt"]) not in ruling.struck
                        and is_valid(contest, entry, ruling.voided)]
            if ranked == "true" and counting:
                hidden |= not unit and name not in listed and "unit" in contest["fields"]
                who = {"pseudonym": name, "won_before": won_before == "true", "unit": unit or told or None,
                       "registered_at": instant(registered_at) if registered_at else 0,
                       "forfeits": name in ruling.forfeits, "place": ruling.places.get(name)}
                contestants.append(contestant(contest, who, counting, key, ruling.voided))
        self.won_before(contest, this, folder, people)
        totals = totals_of(contestants)
        rules = contest["prediction"]
        if rules:
            base = at_closing if at_closing and rules["actual"] == "at_closing" else totals
            actual = actual_of(rules["target"], base)
            for who in contestants:
                if who["prediction"] is not None:
                    who["distance"] = abs(Fraction(who["prediction"]) - actual)
        ranked = rank(contest, contestants)
        tickets = self.tickets(folder, files, contest, this, history, place, [row[0] for row in people])
        winners = award(contest, ranked, tickets, self.round_id)
        show = lambda value: "" if value is None else str(value)
        rows = [[str(who["rank"]), who["pseudonym"], who["unit"] or "", show(self.score(contest, who)),
                 str(who["perfect"]).lower(), show(who["prediction"]),
                 "" if who["distance"] is None else str(number(who["distance"])), str(who["counted"]["duration"]),
                 who["counted"]["submitted_at"], str(who["counted"]["attempt"])] for who in ranked]
        same_rows(folder + "ranking.csv", rows, table(text["ranking.csv"], RANKING))
        if not hidden:
            rows = [cells(row, contest["rounding"]) for row in round_table(contest, contestants, winners)]
            same_rows(folder + "units.csv", rows, table(text["units.csv"], UNITS))
        results = json.loads(files["results.json"])
        percent = Fraction(100 * totals["perfect_attempts"], totals["attempts"] or 1)
        expected = {"schema": "hoithi/results/1", "contest": self.contest_id, "round": self.round_id,
                    "version": place + 1, "status": results["status"], "closed_at": this["closes"],
                    "totals": {"registered": results["totals"]["registered"], **totals,
                               "perfect_attempts_percent": two_decimals(percent, contest["rounding"])},
                    "prediction": {"target": rules["target"], "actual": number(actual)} if rules else None,
                    "winners": [self.winner(contest, who, tier, results) for who, tier in by_place(ranked, winners)],
                    "changes": self.changes(totals, actual if rules else None, ranked, winners)}
        for member, value in expected.items():
            holds(results[member] == value, folder + "results.json", f"{member}: told {results[member]}, is {value}")
        if place + 1 in self.keeps:
            self.taken[place + 1]["people"] = self.people(contestants, winners, contest, listed)
        return totals

    @staticmethod
    def people(contestants, winners, contest, listed):
        """What everyone who counts adds to the contest; the unit of some is told nowhere in the round."""
        won = {who["pseudonym"]: tier for who, tier in winners}
        return [{"name": who["pseudonym"], "unit": who["unit"], "share": who["counted"]["share"],
                 "duration": who["counted"]["duration"], "attempts": who["used"], "perfects": who["perfects"],
                 "perfect": who["perfect"], "won": won.get(who["pseudonym"]),
                 "hidden": not who["unit"] and who["pseudonym"] not in listed and "unit" in contest["fields"]}
                for who in contestants]

    def changes(self, totals, actual, ranked, winners):
        """What this version changes against the one before; remembers what it says for the next."""
        before, self.told = self.told, told_of(totals, actual, ranked, winners)
        return changes_between(before, self.told)

    def tickets(self, folder, files, contest, this, history, place, names):
        """What each public name drew, in versions with a draw."""
        if "lots.json" not in files:
            return None
        path = folder + "lots.json"
        holds(place > 0, path, "does not belong here")
        of = self.contest_id, self.round_id
        value = lots.value_of(json.loads(files["lots.json"]), path, of, contest["ranking"], this, history[0])
        return lots.tickets(value, tree_root(files["ledger.jsonl"].splitlines()), names)

    @staticmethod
    def score(contest, who):
        return number(who["counted"]["share"] * contest["attempt"]["points"])

    def winner(self, contest, who, tier, results):
        names = {winner["contestant"]: winner["full_name"] for winner in results["winners"]}
        unit = next((unit for unit in contest["units"] if unit["code"] == who["unit"]), None)
        return {"rank": who["rank"], "tier": tier["tier"], "prize": tier["name"], "amount": tier["amount"],
                "contestant": who["pseudonym"], "full_name": names.get(who["pseudonym"]), "unit": who["unit"],
                "unit_name": unit and unit["name"], "score": self.score(contest, who), "prediction": who["prediction"],
                "prediction_distance": None if who["distance"] is None else number(who["distance"]),
                "duration_ms": who["counted"]["duration"], "submitted_at": who["counted"]["submitted_at"]}

    def won_before(self, contest, this, folder, people):
        follows = self.json(folder + "manifest.json").get("follows", [])
        passes_over = contest["ranking"]["one_prize_per_person"] != "none"
        earlier = [r["id"] for r in contest["rounds"] if passes_over and instant(r["closes"]) < instant(this["closes"])]
        holds([line["round"] for line in follows] == earlier, folder + "manifest.json", "follows other rounds")
        if not passes_over:
            return
        won = set()
        for line in follows:
            file = self.site / f"contests/{self.contest_id}/rounds/{line['round']}/v{line['version']}/results.json"
            if not file.exists():
                return
            won |= {winner["contestant"] for winner in json.loads(file.read_bytes())["winners"]}
        for name, _, won_before, _ in people:
            holds((name in won) == (won_before == "true"), folder + "participants.csv", f"{name}: won_before")

    def receipt(self, note, public_key, ledger):
        text = self.opened(note.strip("\n") + "\n", public_key)
        holds(text is not None, "receipt", "signature")
        kind, contest, round_id, name, attempt, received, commitment = text.rstrip("\n").split("\n")
        holds((kind, contest, round_id) == ("hoithi/receipt/1", self.contest_id, self.round_id), "receipt", "of another round")
        for line in ledger.decode().splitlines():
            entry = json.loads(line)
            if (entry["pseudonym"], str(entry["attempt"])) == (name, attempt):
                entry.pop("unit")
                sealed = sha256(compact(entry).encode()).hex()
                return holds((entry["submitted_at"], sealed) == (received, commitment), "ledger.jsonl", "differs from the receipt")
        raise Broken("ledger.jsonl: the sheet of the receipt is missing")


def check_contest(site, contest_id, kind=Round):
    """Every published round, and then what follows from them; says what is worth a note."""
    over = OverContest(site, contest_id)  # what it follows is read first: a round may only be newer by then
    rounds = [kind(site, contest_id, round_id, over.followed(round_id)) for round_id in over.published]
    for one in rounds:
        one.check()
    return over.check({one.round_id: one for one in rounds})


def main(site, contest_id, round_id=None, receipt=None):
    try:
        if round_id is None:
            for note in check_contest(site, contest_id):
                print(f"NOTE {note}")
        else:
            Round(site, contest_id, round_id).check(Path(receipt).read_text("utf-8") if receipt else None)
    except Broken as broken:
        sys.exit(f"BROKEN {broken}")
    except (KeyError, ValueError, AssertionError, TypeError, AttributeError, StopIteration) as error:
        sys.exit(f"BROKEN {error!r}: a file has not the form of docs/TRUST.md")
    print("everything holds")


if __name__ == "__main__":
    main(*sys.argv[1:])
