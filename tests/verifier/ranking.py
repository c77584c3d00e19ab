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
    quality = {"duration asc": "duration", "started_at asc": "started", "submitted_at asc": "submitted"}
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


def is_valid(contest, attempt, voided):
    """Whether every question is answered, where the plan asks for all of them."""
    free = contest["attempt"].get("complete", "free") == "free"
    return free or all(chosen or question in voided for question, chosen in attempt["answers"].items())


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
            "started_at asc": who["counted"]["started"], "submitted_at asc": who["counted"]["submitted"],
            "attempts_used asc": who["used"],
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


def gives(tier, round_id):
    """Whether a tier is given in a round, or over the contest where none is named."""
    if round_id is None:
        return tier["scope"] == "contest"
    return tier["scope"] == "round" and round_id in tier.get("rounds", [round_id])


def award(contest, ranked, tickets, round_id=None):
    """(person, tier) down the ranking; a group that waits takes prizes out of the stock."""
    stock = [tier for tier in contest["prizes"] if gives(tier, round_id) for _ in range(tier["count"])]
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


def by_place(ranked, winners):
    place = {who["pseudonym"]: at for at, who in enumerate(ranked)}
    return sorted(winners, key=lambda won: place[won[0]["pseudonym"]])


# ---- changes


def told_of(totals, actual, ranked, winners):
    """What a version says, as far as changes show in it."""
    return {"totals": totals, "actual": None if actual is None else number(actual),
            "prizes": {who["pseudonym"]: {"prize": tier["name"], "amount": tier["amount"]} for who, tier in winners},
            "ranks": {who["pseudonym"]: who["rank"] for who in ranked}}


def changes_between(before, now):
    if before is None:
        return []
    changes = [{"kind": "figure", "figure": name, "before": before["totals"][name], "after": now["totals"][name]}
               for name in ("contestants", "attempts", "perfect_attempts", "perfect_contestants")
               if before["totals"][name] != now["totals"][name]]
    if before["actual"] != now["actual"]:
        changes.append({"kind": "actual", "before": before["actual"], "after": now["actual"]})
    for name in sorted(before["prizes"].keys() | now["prizes"].keys()):
        pair = before["prizes"].get(name), now["prizes"].get(name)
        if pair[0] != pair[1]:
            changes.append({"kind": "prize", "contestant": name, "before": pair[0], "after": pair[1]})
    stayed = before["ranks"].keys() & now["ranks"].keys()
    moved = sum(before["ranks"][name] != now["ranks"][name] for name in stayed)
    entered, left = len(now["ranks"]) - len(stayed), len(before["ranks"]) - len(stayed)
    if moved or entered or left:
        changes.append({"kind": "ranks", "moved": moved, "entered": entered, "left": left})
    return changes
