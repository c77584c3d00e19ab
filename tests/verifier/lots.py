"""The draw of a round, from docs/TRUST.md: for its own prizes, and for those over its contest where it is the last one."""

from files import holds, instant, sha256

HALF_HOUR = 30 * 60_000


def value_of(told, path, of, rules, this, first):
    """What orders people, together with a root. `of` names contest and round, `first` is the round's first version."""
    expected = {"schema": "hoithi/lots/1", "contest": of[0], "round": of[1]}
    holds({name: told[name] for name in expected} == expected, path, "does not belong here")
    values = [bytes.fromhex(text) for text in [told["secret"], *told["witnessed"]]]
    opened = [sha256(b"hoithi/lot/1" + value).hex() for value in values]
    holds(rules["unbroken_tie"] == "lot" and opened == [this["lot"]["commitment"], *this["lot"]["witnesses"]],
          path, "does not open what was published before")
    holds((told["beacon"] is not None) == (rules.get("lot_beacon") == "drand"), path, "beacon")
    if told["beacon"]:
        promised = instant(this["publishes"])
        at = promised + (max(instant(first["published_at"]) - promised, 0) // HALF_HOUR + 1) * HALF_HOUR
        holds(told["beacon"]["round"] == -(-max(at - 1_692_803_367_000, 0) // 3000) + 1, path, "beacon")
        values.append(bytes.fromhex(told["beacon"]["signature"]))
    return sha256(b"hoithi/lots/1" + b"".join(values))


def tickets(value, root, names):
    """What each public name drew; smaller comes first."""
    return {name: sha256(value + root + name.encode()) for name in names}
