// What a version of a round changes against the one before, told again (docs/TRUST.md).

const FIGURES = ["contestants", "attempts", "perfect_attempts", "perfect_contestants"];

/** What a version changes against what the one before says. */
export function changesOf(before, { totals, actual, ranks, prizes }) {
  const changes = FIGURES.filter((figure) => before.totals[figure] !== totals[figure])
    .map((figure) => ({ kind: "figure", figure, before: before.totals[figure], after: totals[figure] }));
  if (before.actual !== actual) changes.push({ kind: "actual", before: before.actual, after: actual });
  for (const contestant of [...new Set([...before.prizes.keys(), ...prizes.keys()])].sort()) {
    const pair = [before.prizes.get(contestant) ?? null, prizes.get(contestant) ?? null];
    if (JSON.stringify(pair[0]) !== JSON.stringify(pair[1])) changes.push({ kind: "prize", contestant, before: pair[0], after: pair[1] });
  }
  const stayed = [...ranks].filter(([contestant]) => before.ranks.has(contestant));
  const moved = stayed.filter(([contestant, rank]) => before.ranks.get(contestant) !== rank).length;
  const [entered, left] = [ranks.size - stayed.length, before.ranks.size - stayed.length];
  return moved + entered + left > 0 ? [...changes, { kind: "ranks", moved, entered, left }] : changes;
}
