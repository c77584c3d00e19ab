// The certificates of who is signed in, once results are out. Loaded for them alone. A file that nobody has asked for
// before is made on demand: the page asks again until it is there.

import { answerTo, call } from "../server.mjs";
import { copyOf, messageOf, ref, saveFile } from "../dom.mjs";
import { OVERALL } from "../overall.mjs";
import { certificateWords } from "../words/own-certificates.mjs";

const LONGEST_WAIT_MS = 90_000;
const USUAL_WAIT_S = 5;

const pathOf = (contest, id) => `contests/${contest.id}/me/certificates${id ? `/${encodeURIComponent(id)}` : ""}`;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The file, however long it is made; `waiting` is called while it is. */
async function fileOf(contest, { id }, waiting) {
  const end = performance.now() + LONGEST_WAIT_MS;
  const read = (answer) => (answer.status === 200 ? answer.blob() : answer.text());
  for (;;) {
    const { answer, text: file } = await answerTo("GET", pathOf(contest, id), { contest: contest.id, read });
    if (answer.status === 200) return file;
    if (performance.now() > end) throw Object.assign(new Error(certificateWords.late), { isTemporary: true });
    waiting();
    await sleep(1000 * (Number.parseInt(answer.headers.get("retry-after"), 10) || USUAL_WAIT_S));
  }
}

function downloadOnClick(item, contest, certificate, name) {
  const [button, state, failure, link] = ["download", "download-state", "download-error", "open"].map((part) => ref(item, part));
  const say = (text) => {
    state.textContent = text;
  };
  button.addEventListener("click", async () => {
    if (button.ariaDisabled === "true") return; // it keeps the focus while the file is made
    button.ariaDisabled = "true";
    failure.hidden = true;
    say(certificateWords.loading);
    try {
      const blob = await fileOf(contest, certificate, () => say(certificateWords.making));
      saveFile(certificateWords.file(name), blob);
      // Browsers inside other apps save nothing, but most of them show it.
      URL.revokeObjectURL(link.href);
      link.href = URL.createObjectURL(blob);
      link.hidden = false;
      say(certificateWords.saved);
    } catch (error) {
      say("");
      failure.textContent = messageOf(error);
      failure.hidden = false;
    } finally {
      button.ariaDisabled = null;
    }
  });
}

function certificateItem(template, contest, certificate) {
  const round = contest.rounds.find(({ id }) => id === certificate.round);
  const where = certificate.round === OVERALL ? certificateWords.overContest : round?.name ?? certificate.round;
  const note = certificate.status === "official" ? null : certificateWords.provisional;
  const item = copyOf(template, { certificate: certificate.name, where, note });
  ref(item, "download").setAttribute("aria-label", `${certificateWords.download}: ${certificate.name}, ${where}`);
  downloadOnClick(item, contest, certificate, `${certificate.name} ${where}`);
  return item;
}

/** Shows what the person has; without any the section stays hidden. */
export async function showCertificates(section, contest) {
  try {
    const { certificates } = await call("GET", pathOf(contest), { contest: contest.id });
    ref(section, "certificate-list").replaceChildren(...certificates.map((certificate) => certificateItem(ref(section, "certificate"), contest, certificate)));
    section.hidden = certificates.length === 0;
  } catch (error) {
    section.hidden = false; // for the sentence about it
    throw error;
  }
}
