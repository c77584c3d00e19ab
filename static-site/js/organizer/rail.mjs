// The way of a round from its opening to official results, as stops that are passed, reached or ahead. Pure.

import { resultsWords as words } from "../words/console-results.mjs";

const PHASES = ["ahead", "open", "closing", "ranked", "published"];

/** The versions of a round, oldest first; the newest that is published is known even where its documents are not made. */
export function versionsOf(round, documents) {
  const listed = documents.filter((of) => of.round === round.id && of.version > 0).map(({ version, status }) => ({ version, status }));
  if (round.version && !listed.some(({ version }) => version === round.version)) listed.push({ version: round.version, status: "provisional" });
  return listed.sort((a, b) => a.version - b.version);
}

const nameOf = ({ version, status }, at) => (status === "official" ? words.stop.official : at === 0 ? words.stop.first : words.stop.adjusted)(version);

/** Stops {name, state: done | now | ahead, at: instant or null}; without a phase only versions are shown. */
export function stopsOf({ phase, opens, closes, publishes }, versions) {
  const reached = PHASES.indexOf(phase);
  const isPublished = !phase || phase === "published";
  const before = phase
    ? [
        { name: words.stop.opens, isPassed: reached >= 1, at: opens },
        { name: words.stop.closes, isPassed: reached >= 2, at: closes },
        { name: words.stop.ranked, isPassed: reached >= 3, at: null },
      ]
    : [];
  const shown = isPublished ? versions.map((version, at) => ({ name: nameOf(version, at), isPassed: true, at: null })) : [];
  const isOfficial = isPublished && versions.at(-1)?.status === "official";
  const ahead = [...(shown.length ? [] : [{ name: words.stop.toPublish, isPassed: false, at: publishes ?? null }]), ...(isOfficial ? [] : [{ name: words.stop.toRecognize, isPassed: false, at: null }])];
  const all = [...before, ...shown, ...ahead];
  const last = all.findLastIndex(({ isPassed }) => isPassed);
  return all.map(({ name, isPassed, at }, place) => ({ name, at, state: place === last ? "now" : isPassed ? "done" : "ahead" }));
}
