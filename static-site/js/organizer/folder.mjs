// A folder of files dropped at once: each goes to its card, the plan first; whatever has none is told by name.

import { announce, newElement, ref } from "../dom.mjs";
import { fileWords } from "../words/console-files.mjs";
import { dropZone } from "./dropped.mjs";
import { inOrder, isLitter, roleOf } from "./sort-files.mjs";

const words = fileWords.folder;

/** `cards` are those of the page and, for the files of other pages, `cardFor(role)`, which may be null. */
export function folderZone(root, { banks, cardFor }) {
  const list = ref(root, "folder-list");
  const line = (text, kind = "plain") => {
    const item = newElement("li", { textContent: text });
    item.dataset.kind = kind;
    list.append(item);
  };
  let isBusy = false;

  async function take(files) {
    list.replaceChildren();
    const all = files.filter(({ name }) => !isLitter(name));
    if (all.length === 0) return line(words.nothing, "error");
    announce(words.sorting(all.length));
    const taken = new Set();
    let sent = 0;
    for (const { file } of inOrder(all.map((one) => ({ file: one, role: roleOf(one.name, banks()) })))) {
      const role = roleOf(file.name, banks()); // the plan may just have named its banks
      const card = role && cardFor(role);
      if (!card) line(words.unknown(file.name), "error");
      else if (taken.has(role)) line(words.twice(file.name, card.title), "error");
      else if (!card.isOpen) line(words.notYours(file.name, card.title), "error");
      else {
        taken.add(role);
        line(words.sent(file.name, card.title));
        await card.take(file);
        sent += 1;
      }
    }
    line(words.done(sent), "good");
    announce(words.done(sent));
  }

  const takeAll = async (files) => {
    if (isBusy) return;
    isBusy = true;
    await files.then(take).finally(() => (isBusy = false));
  };
  dropZone(ref(root, "folder"), takeAll);
  const input = ref(root, "folder-input");
  input.addEventListener("change", () => takeAll(Promise.resolve([...input.files])).then(() => (input.value = "")));
  return takeAll;
}
