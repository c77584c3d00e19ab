"""Units compared, in a round and over the contest, from docs/TRUST.md: pure functions."""

from fractions import Fraction
from itertools import groupby

from ranking import shared_ranks, two_decimals

UNITS = "rank,unit,name,level,members,contestants,attempts,perfect_contestants,mean_score,rate_percent,prize"
PLAIN = {"measure": ["attempts desc", "mean_score desc"], "min_rate_percent": 0, "prizes": []}


def levels_of(rules):
    return rules["level"] if isinstance(rules["level"], list) else [rules["level"]]


def share(name, unit, attempts, perfect, score):
    """What one counted attempt adds to the unit of its person."""
    return {"name": name, "unit": unit, "attempts": attempts, "perfect": perfect, "score": score}


def ranked_units(contest, rules, shares, prizes, gives):
    """Rows by rank, the unranked last. `prizes` are (unit, tier) of people; `gives`: whether units win prizes now."""
    units = {unit["code"]: unit for unit in contest["units"]}
    listed = [code for code, unit in units.items() if not rules or unit["level"] in levels_of(rules)]

    def counts_for(code):
        while code in units and code not in own:
            code = units[code]["parent"]
        return code

    own = {code: {"shares": [], "prizes": []} for code in listed}
    for one in shares:
        if counts_for(one["unit"]) in own:
            own[counts_for(one["unit"])]["shares"].append(one)
    for unit, tier in prizes:
        if counts_for(unit) in own:
            own[counts_for(unit)]["prizes"].append(tier)
    members = members_of(contest["units"])
    rows = [row(units[code], members[code], rules, **of) for code, of in own.items()]
    if not rules:
        rows = [row for row in rows if row["contestants"]]
    return order(rows, rules or PLAIN, gives)


def members_of(units):
    """A unit's own figure, or the sum of those below it, None where neither is known."""
    below = {}
    for unit in units:
        below.setdefault(unit["parent"], []).append(unit)

    def members(unit):
        known = [count for count in map(members, below.get(unit["code"], [])) if count is not None]
        return unit["members"] if unit["members"] is not None else sum(known) if known else None

    return {unit["code"]: members(unit) for unit in units}


def row(unit, members, rules, shares, prizes):
    contestants = len({one["name"] for one in shares})
    return {"unit": unit["code"], "name": unit["name"], "level": unit["level"], "members": members,
            "contestants": contestants, "attempts": sum(one["attempts"] for one in shares),
            "perfect_contestants": sum(one["perfect"] for one in shares),
            "mean_score": Fraction(sum(one["score"] for one in shares), len(shares)) if shares else None,
            "rate_percent": Fraction(100 * contestants, members) if members else None,
            "winners": len(prizes), "prize_points": sum(tier["amount"] for tier in prizes),
            "points": points(rules and rules.get("points"), contestants, members, prizes), "rank": None, "prize": None}


def points(table, contestants, members, prizes):
    if table is None:
        return None
    for_prizes = sum(0 if tier["tier"] == "contestants_percent" else table.get(tier["tier"], 0) for tier in prizes)
    if table["contestants_percent"] == 0:
        return Fraction(for_prizes)
    return Fraction(table["contestants_percent"] * 100 * contestants, members) + for_prizes if members else None


def figure(row, word):
    name, _, _ = word.partition(" ")
    if name.endswith("_per_member"):
        return Fraction(row[name.removesuffix("_per_member")], row["members"]) if row["members"] else None
    return row[name]


def order(rows, rules, gives):
    def weigh(row):
        figures = [figure(row, word) for word in rules["measure"]]
        return [(1, 0) if f is None else (0, -f) for f in figures]

    def is_ranked(row):
        lacks = any(figure(row, word) is None for word in rules["measure"] if "per_member" in word or "points desc" == word)
        least = rules["min_rate_percent"]
        return not lacks and (least == 0 or (row["rate_percent"] is not None and row["rate_percent"] >= least))

    ranked = sorted((row for row in rows if is_ranked(row)), key=lambda row: (weigh(row), row["unit"]))
    shared_ranks(ranked, weigh)
    stock = [prize for prize in rules["prizes"] for _ in range(prize["count"])] if gives else []
    for _, group in groupby(ranked, key=lambda row: row["rank"]):
        group = [row for row in group if row["contestants"]]
        if not (stock and group):
            continue
        left = sum(1 for prize in stock if prize is stock[0])
        for row in group:
            row["prize"] = stock[0]
        stock = stock[min(left, len(group)):]
    return ranked + sorted((row for row in rows if not is_ranked(row)), key=lambda row: row["unit"])


def cells(row, rounding):
    ratio = lambda value: "" if value is None else two_decimals(value, rounding)
    show = lambda value: "" if value is None else str(value)
    return [show(row["rank"]), row["unit"], row["name"], show(row["level"]), show(row["members"]),
            str(row["contestants"]), str(row["attempts"]), str(row["perfect_contestants"]), ratio(row["mean_score"]),
            ratio(row["rate_percent"]), row["prize"]["name"] if row["prize"] else ""]


def round_table(contest, contestants, winners):
    """The table of a round: the first competition that is decided in it, else the first one."""
    competitions = contest["collective"]
    rules = next((c for c in competitions if c["scope"] == "round"), (competitions or [None])[0])
    shares = [share(c["pseudonym"], c["unit"], c["used"], c["perfect"], c["counted"]["share"] * contest["attempt"]["points"])
              for c in contestants]
    prizes = [(who["unit"], tier) for who, tier in winners]
    return ranked_units(contest, rules, shares, prizes, bool(rules) and rules["scope"] == "round")
