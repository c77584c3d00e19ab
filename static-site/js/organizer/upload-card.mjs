// A card for one file of a contest: choose or drop it, see what is wrong with it, mend it in Excel or Word, drop it again.
// What was chosen stays in hand until it has arrived.

import { announce, copyOf, fill, messageOf, ref, saveFile as download } from "../dom.mjs";
import { integer } from "../format.mjs";
import { consoleWords } from "../words/console.mjs";
import { fileWords as words } from "../words/console-files.mjs";
import { read, readFile, saveFile } from "./api.mjs";
import { bodyOf } from "./ask.mjs";
import { showRead } from "./bank-read.mjs";
import { dropZone } from "./dropped.mjs";
import { faultTable } from "./fault-table.mjs";
import { fileProposal } from "./file-proposal.mjs";
import { reportOn } from "./report.mjs";
import { endingOf } from "./sort-files.mjs";
import { moment } from "./time.mjs";

const MOST_BYTES = 4 * 1024 * 1024;

/** Why a file cannot go to this card, or nothing. */
export function refusalOf({ name, size }, { title, endings }) {
  if (!endings.includes(endingOf(name))) return words.wrongKind(name, title, endings.map((one) => `.${one}`).join(", "));
  if (size > MOST_BYTES) return words.tooLarge(name);
  return size === 0 ? words.empty(name) : "";
}

/**
 * `card`: `id` (part of ids on the page), `title`, `endings`, `nameFor(ending)`, `files` (as the overview lists those that
 * stand for it) and `file` (the one that does now, or null), `facts` (a sentence), `again(overview)` (the card anew), `may`
 * (`write`, `read`, `download`), `whyNot`, of a bank `rounds`, and `isPicture` of a picture. `onTaken()` is called when a file has taken effect,
 * `onDrawn(element, rounds)` where a bank is told.
 */
export function uploadCard(contest, card, { zone = null, onTaken = () => {}, onDrawn = () => {} } = {}) {
  let { file, files, facts, rounds } = card;
  let inHand = null;
  let isBusy = false;
  const element = copyOf(document.getElementById("t-upload"), { title: card.title, whyNot: card.may.write ? "" : card.whyNot });
  const table = faultTable(element, card.id);
  const [input, label] = [ref(element, "input"), ref(element, "label")];
  const heading = ref(element, "title");
  heading.id = `title-${card.id}`;
  element.setAttribute("aria-labelledby", heading.id);
  input.id = `file-${card.id}`;
  label.htmlFor = input.id;
  fill(element, { of: words.of(card.title) });
  input.accept = card.endings.map((one) => `.${one}`).join(",");
  fill(element, { endings: words.endings(card.endings.map((one) => `.${one}`).join(", "), card.isPicture) });
  ref(element, "drop").hidden = !card.may.write;

  const say = (text, kind = "plain") => {
    fill(element, { note: text });
    ref(element, "note").dataset.kind = kind;
    if (text) announce(words.about(card.title, text));
  };
  const step = (text) => {
    ref(element, "progress").hidden = !text;
    fill(element, { doing: text });
    if (text) announce(words.about(card.title, text));
  };
  const offerAgain = (text) => {
    ref(element, "again").textContent = text;
    ref(element, "again-part").hidden = !text;
  };

  function draw() {
    fill(element, {
      facts,
      state: file ? consoleWords.status[file.status] : words.none,
      uploaded: file ? words.uploaded(file.name, moment(file.uploaded_at, zone), integer(Math.ceil(file.size / 1024))) : "",
    });
    ref(element, "state").dataset.kind = file?.status ?? "none";
    ref(element, "download").hidden = !file || !card.may.download;
    if (rounds && card.may.read) onDrawn(element, rounds);
  }

  function show(report) {
    showRead(element, report, card.may.write);
    return table.show(report);
  }

  function told(report) {
    const { gone, fresh } = show(report);
    const taken = () => (card.isPicture ? words.pictureTaken(report.warnings.length) : words.accepted(integer(report.rows), report.warnings.length));
    if (report.status === "accepted") return say(taken(), "good");
    say(words.rejected(report.errors.length, gone, fresh), "error");
  }

  /** The file as it stands there now, after somebody else or a lost answer may have changed it. */
  async function lookAgain() {
    ({ file, files, facts, rounds } = card.again(await read(`contests/${contest}`)) ?? { file, files, facts, rounds });
    draw();
  }

  async function send(chosen) {
    const name = card.nameFor(endingOf(chosen.name));
    const bytes = await chosen.arrayBuffer().catch(() => null);
    if (!bytes) return say(words.unreadable(chosen.name), "error");
    step(words.sending(chosen.name));
    const reply = await saveFile(contest, name, bytes, files.find((one) => one.name === name)?.etag ?? null);
    if (reply.status === 409) {
      await lookAgain();
      offerAgain(words.replaceTheirs);
      return say(words.changed(chosen.name), "error");
    }
    if (reply.body?.code === "needs_proposal") {
      propose.offer(name, bytes);
      return say(reply.body.detail, "error");
    }
    const { version_id: version } = bodyOf(reply);
    inHand = null;
    offerAgain("");
    step(words.judging);
    const report = await reportOn(contest, name, version);
    await lookAgain();
    if (!report) return say(words.still);
    told(report);
    if (report.status !== "accepted") return false;
    onTaken();
    return true;
  }

  /** Takes a file; resolves, when it was told what became of it, to whether it is in force. */
  async function take(chosen) {
    if (isBusy || !card.may.write) return false;
    const refused = refusalOf(chosen, card);
    if (refused) {
      say(refused, "error");
      return false;
    }
    inHand = chosen;
    isBusy = true;
    propose.close();
    offerAgain("");
    say("");
    let isTaken = false;
    try {
      isTaken = (await send(chosen)) === true;
    } catch (error) {
      const isLost = error.isTemporary && !error.status;
      if (isLost) await lookAgain().catch(() => null); // it may have arrived all the same
      offerAgain(error.isTemporary ? words.again : "");
      say(isLost ? words.cut(chosen.name) : messageOf(error), "error");
    }
    step("");
    isBusy = false;
    input.value = "";
    return isTaken;
  }

  const propose = fileProposal(element, { contest, id: card.id, done() {
    inHand = null;
    say(words.proposed, "good");
  } });
  input.addEventListener("change", () => input.files[0] && take(input.files[0]));
  ref(element, "again").addEventListener("click", () => inHand && take(inHand));
  ref(element, "download").addEventListener("click", () =>
    readFile(contest, file.name).then((blob) => download(file.name, blob)).catch((error) => say(messageOf(error), "error")));
  draw();
  const isTold = file && card.may.read && (rounds || file.errors + file.warnings > 0); // of a bank, what was read as well
  if (isTold) reportOn(contest, file.name).then((report) => report && show(report)).catch((error) => say(messageOf(error), "error"));
  return { element, take, id: card.id, dropOne: (many) => dropZone(ref(element, "drop"), many) };
}
