// What is decided over the whole contest, beside its rounds.

/** What stands where a round's id would, for the whole contest; no round has it. */
export const OVERALL = "overall";

/** Whether anything is decided over the contest: a ranking of people, or a competition of units. */
export const isOverContest = ({ overall, collective }) => Boolean(overall) || collective.some(({ scope }) => scope === "contest");
