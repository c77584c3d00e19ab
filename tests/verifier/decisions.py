"""What the decisions about a round come to, from docs/TRUST.md: a later one prevails."""

DRAW = "Bốc thăm xét giải giữa các thí sinh đồng hạng"
EARLIER_ROUND = "Kết quả của vòng trước đã thay đổi, mà mỗi người chỉ nhận một giải trong cả cuộc thi"


def reasons(decision):
    return "; ".join(dict.fromkeys(change["reason"] for change in decision["changes"]))


def follow(lines, known, is_first):
    """Whether decisions are those of the version before and at most one more."""
    return lines[: len(known)] == known and len(lines) <= len(known) + (not is_first)


def explained(lines, known, reason, is_first):
    """Whether the reason of a version is that of what it adds to the decisions of the one before."""
    if is_first:
        return reason is None
    return reason == reasons(lines[-1]) if len(lines) > len(known) else reason in (DRAW, EARLIER_ROUND)


def is_official(lines, known):
    return len(lines) > len(known) and any(change["action"] == "recognize" for change in lines[-1]["changes"])


class Ruling:
    def __init__(self, lines):
        self.ranked, self.struck, self.voided, self.rekeyed = {}, set(), set(), set()
        self.places, self.forfeits = {}, set()
        for change in (change for line in lines for change in line["changes"]):
            getattr(self, change["action"])(change)

    def disqualify(self, change):
        if "attempt" in change:
            self.struck.add((change["contestant"], change["attempt"]))
        else:
            self.ranked[change["contestant"]] = False

    def reinstate(self, change):
        if "attempt" in change:
            self.struck.discard((change["contestant"], change["attempt"]))
        else:
            self.ranked[change["contestant"]] = True
            self.forfeits.discard(change["contestant"])

    def void(self, change):
        self.rekeyed.discard(change["question"])
        self.voided.add(change["question"])

    def rekey(self, change):
        self.voided.discard(change["question"])
        self.rekeyed.add(change["question"])

    def order(self, change):
        self.places[change["contestant"]] = change["place"]

    def forfeit(self, change):
        self.forfeits.add(change["contestant"])

    def recognize(self, _):
        pass
