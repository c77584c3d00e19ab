// A search through several pages, with a pause between them. Pure but for the waiting.

const PAUSE_MS = 1_100; // a page a second, and some
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** All that a search finds. `page(form)` asks once; `onPage(found, pages)` is told of each; `isStopped()` ends it early. */
export async function findAll(form, { page, onPage, isStopped, pause = wait }) {
  const found = [];
  let [next, end, pages] = [undefined, "continues", 0];
  while (end === "continues" && !isStopped()) {
    if (pages > 0) await pause(PAUSE_MS);
    if (isStopped()) break;
    let answer;
    try {
      answer = await page(next ? { ...form, next } : form);
    } catch (error) {
      if (error.status !== 429 || isStopped()) throw error;
      await pause((error.retryAfterSeconds ?? 1) * 1000);
      continue;
    }
    pages += 1;
    found.push(...answer.people);
    ({ next, end } = answer);
    onPage(found, pages);
  }
  return { found, end: end === "continues" ? "stopped" : end };
}
