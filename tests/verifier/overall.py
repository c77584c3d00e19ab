"""What is published over a contest, from docs/TRUST.md: it follows from versions of rounds, decisions and a draw."""

import json
from fractions import Fraction

import lots
from decisions import DRAW, Ruling, follow, is_official
from decisions import reasons as reasons_of
from files import Broken, Published, Site, compact, holds, same_rows, sha256, table
from ranking import award, by_place, changes_between, number, shared_ranks, told_of, two_decimals
from units import UNITS, cells, ranked_units, share

RANKING = "rank,contestant,unit,score,perfect_attempts,duration_ms,rounds"
MOST_LINES = 1000

STANDINGS = ["schema", "contest", "rounds", "follows", "status", "collective", "overall"]
UNIT_LINE = ["rank", "unit", "name", "level", "members", "contestants", "attempts", "perfect_contestants", "mean_score",
             "rate_percent", "winners", "points", "prize"]
PERSON_LINE = ["rank", "contestant", "unit", "score", "perfect_attempts", "duration_ms", "prize"]
RESULTS = ["schema", "contest", "round", "version", "status", "closed_at", "rounds", "totals", "prediction", "winners",
           "collective", "changes"]
WINNER = ["rank", "tier", "prize", "amount", "contestant", "full_name", "unit", "unit_name", "score",
          "perfect_attempts", "duration_ms", "rounds"]
UNIT_WINNER = ["rank", "prize", "amount", "unit", "name"]


def versions(follows):
    return {line["round"]: line["version"] for line in follows}


def has_members(lines, expected, path):
    holds(all(list(line) == expected for line in lines), path, "other members")


class OverContest(Site):
    def __init__(self, site, contest):
        super().__init__(site, contest)
        self.folder, self.notes = f"contests/{contest}/", []
        today = self.json(self.folder + "contest.json")
        self.order = [line["id"] for line in today["rounds"]]
        self.competitions = [line for line in today["collective"] if line["scope"] == "contest"]
        self.rules = today.get("overall")
        self.published = [name for name in self.order if self.exists(f"rounds/{name}/index.json")]
        self.standings = self.read_standings() if self.exists("standings.json") else None
        self.overall = Overall(site, contest) if self.exists("overall/index.json") else None

    def exists(self, name):
        return (self.site / self.folder / name).exists()

    def read_standings(self):
        path = self.folder + "standings.json"
        told = self.json(path, canonical=True)
        has_members([told], STANDINGS, path)
        for competition in told["collective"]:
            has_members([competition], ["id", "units"], path)
            has_members(competition["units"], UNIT_LINE, path)
        for line in told["overall"] or []:
            has_members([line], PERSON_LINE + ["full_name"] * ("full_name" in line), path)
        return told

    def followed(self, round_id):
        """The versions of a round from which something published follows."""
        follows = [self.standings["follows"]] if self.standings else []
        follows += [version["manifest"]["follows"] for version in self.overall.versions] if self.overall else []
        return {line["version"] for lines in follows for line in lines if line["round"] == round_id}

    def split(self, follows, path):
        """What standings follow: versions of rounds, and the version over the contest whose prizes they have."""
        if not follows or follows[-1]["round"] != "overall":
            return follows, None
        line, versions_over = follows[-1], self.overall.versions if self.overall else []
        same = [version for version in versions_over if version["manifest"]["version"] == line["version"]]
        holds(same and same[0]["sha256"] == line["manifest_sha256"], path, "follows a version of overall/ that is not there")
        holds(same[0]["manifest"]["follows"] == follows[:-1], path, "follows other rounds than the version of overall/")
        return follows[:-1], same[0]

    def check(self, rounds):
        """The rounds were checked; returns what is worth a note."""
        self.rounds = rounds
        if not rounds:
            self.notes.append("no round is published yet")
        self.check_overall()
        self.check_standings()
        return list(dict.fromkeys(self.notes))

    def hides_key(self, rounds):
        """Of rounds whose key is never shown nothing can be computed again."""
        hides = any(one["contest"]["attempt"]["reveal_key"] == "never" for one in rounds)
        if hides:
            self.notes.append("the key is never shown: no figure over the contest can be computed again")
        return hides

    # ---- links

    def check_follows(self, follows, path):
        has_members(follows, ["round", "version", "manifest_sha256"], path)
        names = [line["round"] for line in follows]
        holds(names and names == [name for name in self.order if name in names], path, "follows: rounds or their order")
        for line in follows:
            holds(line["round"] in self.rounds, path, f"follows {line['round']}, which is not published")
            history = {entry["version"]: entry["manifest_sha256"] for entry in self.rounds[line["round"]].history}
            same = history.get(line["version"]) == line["manifest_sha256"]
            holds(same, path, f"follows a version of {line['round']} that is not in its history")

    def note_older(self, what, follows):
        live = {name: len(one.history) for name, one in self.rounds.items()}
        if versions(follows) != live:
            self.notes.append(f"{what} follows older versions than are live")

    def taken(self, follows):
        return [self.rounds[line["round"]].taken[line["version"]] for line in follows]

    def check_competitions(self, told, path):
        expected = [line["id"] for line in self.competitions]
        holds([line["id"] for line in told["collective"]] == expected, path, "collective: other competitions")

    # ---- overall/

    def check_overall(self):
        path = self.folder + "overall/index.json"
        due = len(self.rounds) == len(self.order) and (self.rules is not None or bool(self.competitions))
        if self.overall is None:
            if due:
                self.notes.append(f"{path}: nothing is published over the contest yet")
            return
        holds(due, path, "published before every round is, or where nothing is decided over the contest")
        before = None
        for version in self.overall.versions:
            version["figures"] = self.check_version(version, before)
            before = version
        live = self.overall.versions[-1]
        holds(live["results"]["status"] == self.overall.status, path, "status")
        self.note_older("overall/", live["manifest"]["follows"])

    def check_version(self, version, before):
        folder, manifest, files = version["folder"], version["manifest"], version["files"]
        path = folder + "manifest.json"
        self.check_follows(manifest["follows"], path)
        holds(len(manifest["follows"]) == len(self.order), path, "does not follow every round")
        self.check_after(version, before, path)
        rounds = self.taken(manifest["follows"])
        last = last_of(rounds)
        version["decided"] = Decided(self.contest_id, version, rounds)
        holds(manifest["rules_sha256"] == last["contest"]["rules_sha256"], path, "rules_sha256")
        results = version["results"]
        lines = version["decisions"]
        official = all(one["results"]["status"] == "official" for one in rounds) and (not lines or is_official(lines, lines[:-1]))
        holds(results["status"] == ("official" if official else "provisional"), folder + "results.json", "status")
        self.check_competitions(results, folder + "results.json")
        if self.hides_key(rounds):
            return None
        text = {name: files[name].decode() for name in ("ranking.csv", "units.csv")}
        told = table(text["ranking.csv"], RANKING)
        units = {row[1]: row[2] or None for row in told}
        figures = Figures(self.rules, self.competitions, rounds, True, units, version["decided"])
        figures.check_units_told(folder + "ranking.csv")
        self.same_table(folder + "ranking.csv", text["ranking.csv"], RANKING, figures.ranking_rows())
        if not figures.hidden:
            self.same_table(folder + "units.csv", text["units.csv"], UNITS, figures.unit_rows())
        prior = before and before["figures"].told
        expected = {"schema": "hoithi/results/1", "contest": self.contest_id, "round": "overall",
                    "version": manifest["version"], "status": results["status"], "closed_at": last["closed_at"],
                    "rounds": self.order, "totals": figures.totals_line(), "prediction": None,
                    "winners": figures.winner_lines(results["winners"]),
                    "collective": results["collective"] if figures.hidden else figures.unit_winners(),
                    "changes": changes_between(prior, figures.told)}
        same_members(results, expected, folder + "results.json")
        return figures

    def check_after(self, version, before, path):
        """The first version has no reason; a later one has one thing that the one before has not, and says which."""
        manifest, lines, files = version["manifest"], version["decisions"], version["files"]
        known = before["decisions"] if before else []
        holds(follow(lines, known, before is None), version["folder"] + "decisions.json", "other decisions, or several new ones")
        if before is None:
            holds(not lines and "lots.json" not in files, path, "something is decided before the first version")
            return holds(manifest["reason"] is None, path, "reason")
        drawn, was_drawn = files.get("lots.json"), before["files"].get("lots.json")
        holds(was_drawn in (None, drawn), path, "other lots")
        now, then = versions(manifest["follows"]), versions(before["manifest"]["follows"])
        newer = now != then and all(now[name] >= then[name] for name in then)
        steps = [newer, len(lines) > len(before["decisions"]), drawn is not None and was_drawn is None]
        holds(sum(steps) == 1 and (newer or now == then), path, "not one step from the version before")
        if newer:
            texts = [entry["reason"] for name in self.order for entry in self.rounds[name].history
                     if then[name] < entry["version"] <= now[name] and entry["reason"] is not None]
            return holds(manifest["reason"] == "; ".join(dict.fromkeys(texts)), path, "another reason than the rounds have")
        return holds(manifest["reason"] == (reasons_of(lines[-1]) if steps[1] else DRAW), path, "another reason")

    @staticmethod
    def same_table(path, text, header, rows):
        same_rows(path, rows, table(text, header))
        holds(text == csv_text(header, rows), path, "not in its one form")

    # ---- standings.json

    def check_standings(self):
        path = self.folder + "standings.json"
        told = self.standings
        if told is None:
            if self.rounds:
                self.notes.append(f"{path}: there are no standings yet")
            return
        follows, overall = self.split(told["follows"], path)
        self.check_follows(follows, path)
        is_final = len(follows) == len(self.order)
        expected = {"schema": "hoithi/standings/1", "contest": self.contest_id,
                    "rounds": [line["round"] for line in follows], "status": "final" if is_final else "provisional"}
        same_members(told, expected, path)
        self.check_competitions(told, path)
        self.note_older("standings.json", follows)
        if overall and overall is not self.overall.versions[-1]:
            self.notes.append("standings.json follows an older version of overall/ than is live")
        if self.hides_key(self.taken(follows)):
            return
        units = {line["contestant"]: line["unit"] for line in told["overall"] or []}
        decided = overall["decided"] if overall else None
        figures = Figures(self.rules, self.competitions, self.taken(follows), is_final, units, decided)
        figures.check_units_told(path)
        expected["collective"] = told["collective"] if figures.hidden else figures.standing_units()
        winners = overall["results"]["winners"] if overall else []
        names = {winner["contestant"]: winner["full_name"] for winner in winners if winner["full_name"] is not None}
        expected["overall"] = figures.standing_lines(names)
        same_members(told, expected, path)
        if figures.hidden:
            self.notes.append("some people's unit is told nowhere: the units over the contest are not computed again")


def same_members(told, expected, path):
    for member, value in expected.items():
        if compact(told[member]) != compact(value):
            raise Broken(f"{path}: {member}: told {told[member]}, is {value}")


def csv_text(header, rows):
    quoted = lambda cell: '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in ',"\r\n') else cell
    return "".join(",".join(map(quoted, row)) + "\n" for row in [header.split(","), *rows])


class Overall(Published):
    """The pointer and every version, as far as they hold without the rounds."""

    def __init__(self, site, contest):
        super().__init__(site, contest, "overall", f"contests/{contest}/overall/")
        pointer = self.pointer()
        self.status = pointer["status"]
        self.versions = [self.version(pointer["history"], place) for place in range(len(pointer["history"]))]

    def version(self, history, place):
        folder = f"{self.folder}v{place + 1}/"
        manifest, files = self.chained(history, place)
        holds("ledger_root" not in manifest, folder + "manifest.json", "ledger_root")
        more = [name for name in ("decisions.json", "lots.json") if name in files]
        expected = sorted(["ranking.csv", "results.json", "units.csv", *more])
        holds(list(files) == expected, folder + "manifest.json", "other files")
        path = folder + "results.json"
        results = self.json(path, canonical=True)
        has_members([results], RESULTS, path)
        has_members(results["winners"], WINNER, path)
        for competition in results["collective"]:
            has_members([competition], ["id", "winners"], path)
            has_members(competition["winners"], UNIT_WINNER, path)
        names = [winner["full_name"] for winner in results["winners"]]
        holds(all(name is None or isinstance(name, str) for name in names), path, "full_name")
        decisions = []
        if "decisions.json" in files:
            told = self.json(folder + "decisions.json", canonical=True)
            expected = {"schema": "hoithi/decisions/1", "contest": self.contest_id, "round": "overall"}
            holds({name: told[name] for name in expected} == expected, folder + "decisions.json", "does not belong here")
            decisions = told["decisions"]
            holds(bool(decisions), folder + "decisions.json", "no decision")
        return {"folder": folder, "manifest": manifest, "files": files, "results": results, "decisions": decisions,
                "sha256": history[place]["manifest_sha256"]}


# ---- figures


def last_of(rounds):
    """The round that closes last, the first in order among equal ones."""
    return max(rounds, key=lambda one: one["closes"])


class Decided:
    """What decides about prizes over the contest besides the ranking: decisions about it, and the last round's draw."""

    def __init__(self, contest_id, version, rounds):
        self.ruling, self.value = Ruling(version["decisions"]), None
        if "lots.json" in version["files"]:
            last, path = last_of(rounds), version["folder"] + "lots.json"
            told, rules = json.loads(version["files"]["lots.json"]), last["contest"]["ranking"]
            self.value = lots.value_of(told, path, (contest_id, last["round"]), rules, last["this"], last["first"])
            self.root = sha256(b"".join(one["root"] for one in rounds))

    def apply(self, lines):
        """Marks people, and returns what each of them drew."""
        for line in lines:
            line["forfeits"] = line["pseudonym"] in self.ruling.forfeits
            line["place"] = self.ruling.places.get(line["pseudonym"])
        names = [line["pseudonym"] for line in lines]
        return None if self.value is None else lots.tickets(self.value, self.root, names)


class Figures:
    """Everything over the contest, computed from what each round adds. `units` is what people's lines say."""

    def __init__(self, rules, competitions, rounds, is_final, units, decided=None):
        self.rounds, self.contest, self.told_units = rounds, last_of(rounds)["contest"], units
        self.hidden = any(person["hidden"] for one in rounds for person in one["people"])
        self.lines = ranking(rules, rounds, units) if rules is not None else None
        tickets = decided.apply(self.lines or []) if decided else None
        self.winners = award(self.contest, self.lines or [], tickets) if is_final else []
        self.totals = totals(rounds)
        self.tables = [(of, self.units(of, is_final)) for of in competitions]
        self.told = told_of(self.totals, None, self.lines or [], self.winners)

    def units(self, rules, is_final):
        shares = [share(person["name"], person["unit"], person["attempts"], person["perfect"],
                        person["share"] * one["contest"]["points"])
                  for one in self.rounds for person in one["people"]]
        prizes = [(person["unit"], person["won"]) for one in self.rounds for person in one["people"] if person["won"]]
        prizes += [(who["unit"], tier) for who, tier in self.winners]
        return ranked_units(self.contest, rules, shares, prizes, is_final)

    def check_units_told(self, path):
        """A unit that is believed must at least be one."""
        codes = {None, *(unit["code"] for unit in self.contest["units"])}
        holds(all(line["unit"] in codes for line in self.lines or []), path, "unit")

    def ranking_rows(self):
        return [[str(cell) for cell in (line["rank"], line["pseudonym"], line["unit"] or "", number(line["score"]),
                                        line["perfect_attempts"], line["duration"], line["rounds"])]
                for line in self.lines or []]

    def unit_rows(self):
        return [cells(row, self.contest["rounding"]) for row in (self.tables[0][1] if self.tables else [])]

    def totals_line(self):
        percent = Fraction(100 * self.totals["perfect_attempts"], self.totals["attempts"] or 1)
        return {"registered": self.rounds[-1]["results"]["totals"]["registered"], **self.totals,
                "perfect_attempts_percent": two_decimals(percent, self.contest["rounding"])}

    def winner_lines(self, told):
        names = {winner["contestant"]: winner["full_name"] for winner in told}
        units = {unit["code"]: unit["name"] for unit in self.contest["units"]}
        return [{"rank": line["rank"], "tier": tier["tier"], "prize": tier["name"], "amount": tier["amount"],
                 "contestant": line["pseudonym"], "full_name": names.get(line["pseudonym"]), "unit": line["unit"],
                 "unit_name": units.get(line["unit"]), "score": number(line["score"]),
                 "perfect_attempts": line["perfect_attempts"], "duration_ms": line["duration"], "rounds": line["rounds"]}
                for line, tier in by_place(self.lines or [], self.winners)]

    def unit_winners(self):
        winner = lambda row: {"rank": row["rank"], "prize": row["prize"]["name"], "amount": row["prize"]["amount"],
                              "unit": row["unit"], "name": row["name"]}
        return [{"id": of["id"], "winners": [winner(row) for row in rows if row["prize"]]} for of, rows in self.tables]

    def standing_units(self):
        ratio = lambda value: None if value is None else two_decimals(value, self.contest["rounding"])
        printed = {"mean_score": ratio, "rate_percent": ratio, "points": ratio, "prize": lambda prize: prize and prize["name"]}
        line = lambda row: {name: printed.get(name, lambda value: value)(row[name]) for name in UNIT_LINE}
        return [{"id": of["id"], "units": [line(row) for row in rows]} for of, rows in self.tables]

    def standing_lines(self, names):
        if self.lines is None:
            return None
        prizes = {who["pseudonym"]: tier["name"] for who, tier in self.winners}
        lines = []
        for line in self.lines[:MOST_LINES]:
            name = line["pseudonym"]
            named = {"full_name": names[name]} if name in prizes and name in names else {}
            lines.append({"rank": line["rank"], "contestant": name, "unit": line["unit"], "score": number(line["score"]),
                          "perfect_attempts": line["perfect_attempts"], "duration_ms": line["duration"],
                          "prize": prizes.get(name), **named})
        return lines


def totals(rounds):
    people = [person for one in rounds for person in one["people"]]
    return {"contestants": len({person["name"] for person in people}),
            "attempts": sum(person["attempts"] for person in people),
            "perfect_attempts": sum(person["perfects"] for person in people),
            "perfect_contestants": sum(person["perfect"] for person in people)}


def ranking(rules, rounds, units):
    """Everyone who took a round that counts; `units` helps out where a round does not tell somebody's unit."""
    took = {}
    for one in rounds:
        for person in one["people"]:
            took.setdefault(person["name"], []).append((one["round"], person))
    counts = lambda round_id: not rules["rounds"] or round_id in rules["rounds"]
    lines = []
    for name, rounds_of in took.items():
        counted = [person for round_id, person in rounds_of if counts(round_id)]
        if counted:
            lines.append(line_of(rules, name, counted, rounds_of, units))
    keys = {"score desc": lambda line: -line["score"], "perfect_attempts desc": lambda line: -line["perfect_attempts"],
            "duration asc": lambda line: line["duration"]}
    weigh = lambda line: [keys[word](line) for word in rules["order"]]
    lines.sort(key=lambda line: (weigh(line), line["pseudonym"]))
    shared_ranks(lines, weigh)
    return lines


def line_of(rules, name, counted, rounds_of, units):
    summed = counted
    if rules["score"] == "best":
        summed = sorted(counted, key=lambda person: (-person["share"], person["duration"]))[:rules["best"]]
    _, last = rounds_of[-1]
    return {"pseudonym": name, "unit": units.get(name) if last["hidden"] else last["unit"], "rounds": len(counted),
            "score": sum((person["share"] for person in summed), Fraction(0)),
            "perfect_attempts": sum(person["perfect"] for person in summed),
            "duration": sum(person["duration"] for person in summed),
            "won_before": any(person["won"] for _, person in rounds_of), "forfeits": False, "place": None}
