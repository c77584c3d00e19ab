// The contest's page as contestants will see it, from the same parts and the same data; only leading on it does not.

import { fill, idFromAddress, load, missing, pageLink, part, ref, showView } from "../dom.mjs";
import { dates } from "../format.mjs";
import { showAnnouncements, showFacts, showPicture, showPrizes, showReading, showRounds, showRules } from "../contest/parts.mjs";
import { start } from "../page.mjs";
import { listItems } from "../rounds.mjs";
import { noteServerTime } from "../server.mjs";
import { previewWords as words } from "../words/console-preview.mjs";
import { read } from "./api.mjs";
import { consoleNav } from "./nav.mjs";
import { moment } from "./time.mjs";

function showRegistration(root, { registration, fields, consent }, zone) {
  fill(root, {
    registration: words.registration(moment(registration.opens, zone), moment(registration.closes, zone), registration.mode),
    consent: consent.text,
  });
  listItems(ref(root, "fields"), fields.map((field) => words.field[field] ?? field));
}

/** Whether people see the contest, in the sentence of the checklist. */
function showStanding(root, { phase, checklist }, contest) {
  const isDraft = phase === "draft";
  fill(root, { standing: checklist.find(({ code }) => code === "public")?.text ?? "" });
  ref(root, "watermark").toggleAttribute("hidden", !isDraft);
  const link = ref(root, "public-link");
  link.hidden = isDraft;
  link.firstElementChild.href = pageLink("contest.html", { c: contest });
}

function showPublic(root, shown, zone) {
  const here = { contest: shown, published: new Set(), mine: null };
  const sectionOf = (name) => ref(root, name).closest("section");
  fill(root, { name: shown.name, organizer: shown.organizer, period: dates(shown.opens, shown.closes) });
  for (const name of ["logo", "banner"]) part(ref(root, name), () => showPicture(ref(root, name), shown, shown.page?.[name]));
  part(ref(root, "announcements"), () => showAnnouncements(root, shown));
  part(sectionOf("rounds"), () => {
    showRounds(root, here);
    for (const go of ref(root, "rounds").querySelectorAll("[data-ref='go']")) go.parentElement.hidden = true;
  });
  part(sectionOf("facts"), () => showFacts(root, shown));
  part(sectionOf("fields"), () => showRegistration(root, shown, zone));
  part(sectionOf("prizes"), () => showPrizes(root, shown));
  part(sectionOf("rules"), () => showRules(root, shown));
  part(sectionOf("reading"), () => showReading(root, shown));
}

function preview(root) {
  const contest = idFromAddress("c");
  if (!contest) return missing(root);
  return load(root, async () => {
    const [, seen] = await Promise.all([consoleNav(), read(`contests/${contest}`)]);
    if (seen.rounds.length === 0) return showView(root, "none");
    noteServerTime(seen.now);
    showStanding(root, seen, contest);
    showPublic(root, await read(`contests/${contest}/public`), seen.time_zone);
    return showView(root, "preview");
  });
}

start({ preview });
