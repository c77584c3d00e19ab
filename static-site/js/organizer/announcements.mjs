// The announcements of a contest: a new one, or one taken away. The list is written whole as the file that the importer takes,
// on condition that nobody changed it meanwhile.

import { dayOf } from "../day.mjs";
import { copyOf, fill, messageOf, ref } from "../dom.mjs";
import { clearErrors, showErrors, whileBusy } from "../form.mjs";
import { announcementWords as words } from "../words/console-announcements.mjs";
import { read, saveFile } from "./api.mjs";
import { bodyOf } from "./ask.mjs";
import { csvOf } from "./faults.mjs";
import { onSubmit } from "./form-step.mjs";
import { reportOn } from "./report.mjs";
import { may } from "./roles.mjs";
import { localTime } from "./time.mjs";

const FILE = "announcements.csv";

/** `seen` is the contest as its overview tells it. */
export async function announcements(root, seen, me) {
  const part = ref(root, "announcements-part");
  const form = ref(part, "announcement-form");
  const canWrite = may(me, "writeFiles", seen.id);
  const isDraft = seen.phase === "draft";
  let listed = []; // newest first: {date, text}
  let tag = null;

  const say = (text, kind = "plain") => {
    fill(part, { announcementNote: text });
    ref(part, "announcement-note").dataset.kind = kind;
  };

  async function look(overview) {
    ({ announcements: listed = [] } = await read(`contests/${seen.id}/public`));
    tag = overview.files.find(({ name }) => name === FILE)?.etag ?? null;
    fill(part, { noAnnouncement: listed.length ? "" : words.none });
    ref(part, "announcement-list").replaceChildren(...listed.map(item));
  }

  const lookAgain = async () => look(await read(`contests/${seen.id}`));

  /** Writes the list; whether it is in force. */
  async function write(lines) {
    const rows = [...lines].reverse().map(({ date, text }) => [dayOf(date), text]);
    const bytes = new TextEncoder().encode(csvOf([words.head, ...rows], (text) => text));
    const reply = await saveFile(seen.id, FILE, bytes, tag);
    if (reply.status === 409) {
      await lookAgain();
      say(words.changed, "error");
      return false;
    }
    say(words.judging);
    const report = await reportOn(seen.id, FILE, bodyOf(reply).version_id);
    await lookAgain();
    say("");
    if (!report) say(words.still);
    else if (report.status !== "accepted") showErrors(form, report.errors.map(({ message }) => ({ field: "announcement", message })));
    return report?.status === "accepted";
  }

  function item(announcement) {
    const { date, text } = announcement;
    const element = copyOf(document.getElementById("t-announcement"), { day: dayOf(date), text });
    ref(element, "remove-part").hidden = !canWrite;
    const button = ref(element, "remove");
    button.setAttribute("aria-label", words.removeOf(text));
    button.addEventListener("click", () => whileBusy(button, async () => {
      clearErrors(form);
      try {
        if (!await write(listed.filter((other) => other !== announcement))) return;
        form.elements.announcement.value = text;
        form.elements.announcement.focus();
        say(words.removed);
      } catch (error) {
        say(messageOf(error), "error");
      }
    }));
    return element;
  }

  part.hidden = false; // what fails from here on is told in it
  form.hidden = !canWrite;
  onSubmit(form, {
    missing: { announcement: words.enter },
    async send({ announcement: field }) {
      const text = field.value.normalize("NFC").trim().replace(/\s+/g, " ");
      const [date] = localTime((await read(`contests/${seen.id}`)).now, seen.time_zone).split("T");
      if (!await write([{ date, text }, ...listed])) return;
      field.value = "";
      say(isDraft ? words.postedToDraft : words.posted, "good");
    },
  });
  await look(seen);
  part.hidden = !canWrite && listed.length === 0;
}
