// Which round is watched first. Pure.

/** The round that is looked at first: the open one, else the last that has begun, else the first. */
export function firstRound(rounds, wanted) {
  const of = (test) => rounds.find(test);
  return of(({ id }) => id === wanted) ?? of(({ phase }) => phase === "open") ?? [...rounds].reverse().find(({ phase }) => phase !== "ahead") ?? rounds[0] ?? null;
}
