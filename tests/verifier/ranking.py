"""Ranks, prizes and units of one round, from docs/TRUST.md: pure functions over what the files say."""

from fractions import Fraction
from itertools import groupby
from math import floor


def two_decimals(ratio, rounding="truncate"):
    cents = floor(ratio * 100 + (Fraction(1, 2) if rounding == "half_up" else 0))
    return f"{cents // 100}.{cents % 100:02}"


def number(ratio):
    return int(ratio) if ratio.denominator == 1 else two_decimals(ratio)


def contestant(contest, who, attempts, key, voided):
    """Facts of one contestant, with the attempt that counts."""
    for attempt in attempts:
        asked = attempt["answers"]
        right = sum(1 for question, chosen in asked.items() if question in voided or chosen and chosen == key[question])
        attempt["share"] = Fraction(right, len(asked))
        minutes = contest["attempt"]["minutes"]
        elapsed = attempt["submitted"] - attempt["started"]
        attempt["duration"] = min(elapsed, minutes * 60_000) if minutes else elapsed
    quality = {"duration asc": "duration", "submitted_at asc": "submitted"}
    later = [quality[word] for word in contest["ranking"]["order"] if word in quality]
    counted = {
        "best": min(attempts, key=lambda a: (-a["share"], *(a[word] for word in later), a["attempt"])),
        "first": attempts[0],
        "last": attempts[-1],
    }[contest["attempt"]["counted"]]
    prediction = None
    if contest["prediction"]:
        prediction = (attempts[0] if contest["prediction"]["counted"] == "first" else counted)["prediction"]
    return {**who, "counted": counted, "used": len(attempts), "prediction": prediction, "distance": None,
            "perfects": sum(a["share"] == 1 for a in attempts), "perfect": counted["share"] == 1}


def totals_of(contestants):
    return {"contestants": len(contestants), "attempts": sum(c["used"] for c in contestants),
            "perfect_attempts": sum(c["perfects"] for c in contestants),
            "perfect_contestants": sum(c["perfect"] for c in contestants)}


def actual_of(target, totals):
    if target != "perfect_percent":
        return Fraction(totals[target])
    return Fraction(100 * totals["perfect_contestants"], totals["contestants"] or 1)


def weight(contest, word, who):
    far = (1, 0, 0)
    if word == "prediction_distance asc":
        if not contest["prediction"]:
            return 0
        if who["distance"] is None:
            return far
        side = {"tie": 0, "lower": 1, "higher": -1}[contest["prediction"]["equidistant"]]
        return (0, who["distance"], side * Fraction(who["prediction"]))
    return {"score desc": -who["counted"]["share"], "duration asc": who["counted"]["duration"],
            "submitted_at asc": who["counted"]["submitted"], "attempts_used asc": who["used"],
            "attempts_used desc": -who["used"], "registered_at asc": who["registered_at"],
            "perfect_attempts desc": -who["perfects"]}[word]


def shared_ranks(items, weigh):
    """Sets 1-2-2-4 on items sorted by weight."""
    for place, item in enumerate(items):
        tied = place > 0 and weigh(items[place - 1]) == weigh(item)
        item["rank"] = items[place - 1]["rank"] if tied else place + 1


def rank(contest, contestants):
    ranked = [c for c in contestants if contest["ranking"]["eligible"] == "all" or c["perfect"]]
    weigh = lambda who: [weight(contest, word, who) for word in contest["ranking"]["order"]]
    ranked.sort(key=lambda who: (weigh(who), who["pseudonym"]))
    shared_ranks(ranked, weigh)
    return ranked


def award(contest, ranked, tickets):
    """(person, tier) down the ranking; a group that waits takes prizes out of the stock."""
    stock = [tier for tier in contest["prizes"] if tier["scope"] == "round" for _ in range(tier["count"])]
    policy, one = contest["ranking"]["unbroken_tie"], contest["ranking"]["one_prize_per_person"]
    winners, waiting_for_organizers = [], False
    for _, group in groupby(ranked, key=lambda who: who["rank"]):
        if not stock:
            break
        group = [who for who in group if not who["forfeits"] and (one == "none" or not who["won_before"])]
        left = sum(1 for tier in stock if tier is stock[0])
        undecided = len(group) > left
        places = {who["place"] for who in group}
        ordered = undecided and None not in places and len(places) == len(group)
        waiting_for_organizers |= undecided and not ordered and policy == "organizers"
        if policy == "extra_prize":
            winners += [(who, stock[0]) for who in group]
            stock = stock[min(left, len(group)):]
        else:
            draws = undecided and not ordered and policy == "lot"
            if ordered:
                group.sort(key=lambda who: who["place"])
            if draws and tickets:
                group.sort(key=lambda who: tickets[who["pseudonym"]])
            if not (waiting_for_organizers or (draws and not tickets)):
                winners += list(zip(group, stock))
            stock = stock[len(group):]
    return winners


# ---- units


def unit_table(contest, contestants, winners):
    units = {unit["code"]: unit for unit in contest["units"]}
    rules = next((c for c in contest["collective"] if c["scope"] == "round"), (contest["collective"] or [None])[0])

    def counts_for(code):
        while code and rules and units[code]["level"] != rules["level"]:
            code = units[code]["parent"]
        return code

    def members(code):
        own = units[code]["members"]
        below = [m for m in (members(u["code"]) for u in units.values() if u["parent"] == code) if m is not None]
        return own if own is not None else sum(below) if below else None

    rows = []
    for unit in contest["units"]:
        if rules and unit["level"] != rules["level"]:
            continue
        own = [c for c in contestants if c["unit"] and counts_for(c["unit"]) == unit["code"]]
        points = sum(tier["amount"] for who, tier in winners if who["unit"] and counts_for(who["unit"]) == unit["code"])
        rows.append({"unit": unit["code"], "members": members(unit["code"]), "contestants": len(own), "prize": "",
                     "attempts": sum(c["used"] for c in own), "perfect_contestants": sum(c["perfect"] for c in own),
                     "score": sum(c["counted"]["share"] for c in own) * contest["attempt"]["points"], "points": points})
    if not rules:
        rows = [row for row in rows if row["contestants"]]
    rules = rules or {"measure": ["attempts desc", "mean_score desc"], "min_rate_percent": 0, "scope": None, "prizes": []}

    def figure(row, word):
        per = lambda part, whole: None if not whole else Fraction(part, whole)
        return {"attempts desc": row["attempts"], "contestants desc": row["contestants"],
                "mean_score desc": per(row["score"], row["contestants"]),
                "perfect_contestants desc": row["perfect_contestants"], "prize_points desc": row["points"],
                "attempts_per_member desc": per(row["attempts"], row["members"]),
                "contestants_per_member desc": per(row["contestants"], row["members"])}[word]

    def weigh(row):
        figures = [figure(row, word) for word in rules["measure"]]
        return [(1, 0) if f is None else (0, -f) for f in figures]

    def is_ranked(row):
        if not row["members"]:
            return rules["min_rate_percent"] == 0 and not any("per_member" in word for word in rules["measure"])
        return Fraction(100 * row["contestants"], row["members"]) >= rules["min_rate_percent"]

    ranked = sorted((row for row in rows if is_ranked(row)), key=lambda row: (weigh(row), row["unit"]))
    shared_ranks(ranked, weigh)
    stock = [prize for prize in rules["prizes"] for _ in range(prize["count"])] if rules["scope"] == "round" else []
    for _, group in groupby(ranked, key=lambda row: row["rank"]):
        group = [row for row in group if row["contestants"]]
        if not (stock and group):
            continue
        left = sum(1 for prize in stock if prize is stock[0])
        for row in group:
            row["prize"] = stock[0]["name"]
        stock = stock[min(left, len(group)):]
    rest = sorted((row for row in rows if not is_ranked(row)), key=lambda row: row["unit"])
    show = lambda ratio: two_decimals(ratio, contest["rounding"])
    return [[str(row.get("rank", "")), row["unit"], units[row["unit"]]["name"], units[row["unit"]]["level"] or "",
             "" if row["members"] is None else str(row["members"]), str(row["contestants"]), str(row["attempts"]),
             str(row["perfect_contestants"]),
             show(Fraction(row["score"], row["contestants"])) if row["contestants"] else "",
             show(Fraction(100 * row["contestants"], row["members"])) if row["members"] else "", row["prize"]]
            for row in ranked + rest]
