// Documents of officials by version: the newest first, older ones struck out, each with its size and its hash.

import { copyOf, fill, messageOf, newElement, ref } from "../dom.mjs";
import { integer } from "../format.mjs";
import { resultsWords as words } from "../words/console-results.mjs";
import { readBytes } from "./api.mjs";
import { download } from "./download.mjs";

const MEGABYTE = 1024 * 1024;
const numbered = /^(.+?)-(\d{3})(\.\w+)$/;

/** What a file is called by people: certificates-002.pdf is the second part of certificates.pdf. */
export function titleOf(name) {
  const [, stem, number, ending] = numbered.exec(name) ?? [];
  const whole = stem && words.documents[stem + ending];
  return whole ? words.part(whole, Number(number)) : words.documents[name] ?? name;
}

function sizeOf(bytes) {
  if (bytes === null) return "";
  const megabytes = bytes >= MEGABYTE ? new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 1 }).format(bytes / MEGABYTE) : null;
  return words.size(integer(Math.max(1, Math.round(bytes / 1024))), megabytes);
}

function rowOf(file, version, path, say) {
  const row = copyOf(document.getElementById("t-file"), {
    name: titleOf(file.name),
    file: file.name,
    size: sizeOf(file.size) || words.none,
    hash: file.sha256 ?? words.none,
    stepUp: file.needs_step_up ? words.stepUp : "",
    failed: file.status === "failed" ? (file.detail ? words.failed(file.detail) : words.failedPlain) : "",
  });
  ref(row, "name").toggleAttribute("data-old", !version.is_newest);
  const button = ref(row, "download");
  button.hidden = file.status !== "ready";
  button.textContent = words.download;
  button.setAttribute("aria-label", words.downloadOf(titleOf(file.name), version.title));
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    try {
      const isSame = await download(`${path}/${encodeURIComponent(file.name)}`, file, { readPart: readBytes, onPart: (part, of) => say(words.getting(part, of)) });
      say(isSame ? words.got(file.name) : words.changed(file.name), isSame ? "good" : "error");
    } catch (error) {
      say(messageOf(error), "error");
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
  return row;
}

function versionPart(version, path) {
  const { version: number, status, files, is_newest: isNewest } = version;
  const named = number ? words.version(number) : words.files;
  const part = copyOf(document.getElementById("t-version"), {
    title: isNewest ? named : words.older(number),
    beingMade: files.length ? "" : words.beingMade,
    badge: status ? words.badge[status] : "",
  });
  const say = (text, kind = "plain") => {
    fill(part, { said: text });
    ref(part, "said").dataset.kind = kind;
  };
  part.open = isNewest;
  ref(part, "badge").dataset.status = status ?? "";
  ref(part, "frame").hidden = files.length === 0;
  ref(part, "frame").setAttribute("aria-label", words.table(version.round_name ?? words.overall, named));
  ref(part, "files").replaceChildren(...files.map((file) => rowOf(file, { ...version, title: words.table(version.round_name ?? words.overall, named) }, path, say)));
  return part;
}

/** Every version of a round's documents, the newest first. */
export function documentsOf(versions, contest) {
  const newestFirst = [...versions].sort((a, b) => b.version - a.version);
  if (newestFirst.length === 0) return [newElement("p", { className: "ht-muted", textContent: words.noDocuments })];
  return newestFirst.map((version) => versionPart(version, `contests/${contest}/documents/${version.round}/${version.version}`));
}
