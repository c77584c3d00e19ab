// What was read of a bank, so that whoever made it sees whether it is all: sentences, and small tables. No question stands in it.

import { copyOf, fill, newElement, ref } from "../dom.mjs";
import { integer } from "../format.mjs";
import { readWords as words } from "../words/console-files.mjs";

const sum = (parts, of) => parts.reduce((all, part) => all + part[of], 0);

/** Shows under a card what its report says was read, or nothing of a file that is no bank; `isAuthor` knows what is right. */
export function showRead(element, { read, status }, isAuthor) {
  const place = ref(element, "read-part");
  place.hidden = !read;
  if (!read) return;
  const { parts, letters, several, not_read: passedOver } = read;
  const [questions, options] = [sum(parts, "questions"), sum(parts, "options")];
  fill(element, {
    readWhole: questions ? words.whole(integer(questions), integer(options)) : words.nothing,
    readSeveral: several ? words.several(integer(several)) : "",
    readPartly: status === "rejected" && questions ? words.partly : "",
    notRead: passedOver.length ? words.notRead : words.allRead,
    lettersHidden: questions && !isAuthor ? words.onlyAuthors : "",
  });
  const hasSheets = parts.some(({ name }) => name !== null);
  ref(element, "read-sheets").hidden = !hasSheets;
  ref(element, "sheets").replaceChildren(...(hasSheets ? parts.map(rowOf) : []));
  const right = Object.entries(letters);
  ref(element, "read-letters").hidden = right.length === 0;
  ref(element, "letters").replaceChildren(...right.map(([letter]) => newElement("th", { scope: "col", textContent: letter })));
  ref(element, "right").replaceChildren(...right.map(([, count]) => newElement("td", { textContent: integer(count) })));
  ref(element, "passed-over").replaceChildren(...passedOver.map((what) => newElement("li", { textContent: what })));
}

const rowOf = ({ name, questions, options }) =>
  copyOf(document.getElementById("t-sheet"), { sheet: name ?? words.unnamed, questions: integer(questions), options: integer(options) });
