// Whom to ask about the contest that is shown, where its plan says so: at the foot of the page, on the page of help,
// behind every refusal. It comes on demand, since most of a page's use is without it.

import { newElement } from "./dom.mjs";
import { Problem } from "./server.mjs";
import { contactWords as words } from "./words/contact.mjs";

function links({ name, phone, email, hours }) {
  const tel = phone && newElement("a", { href: `tel:${phone.replace(/[^+0-9]/g, "")}`, textContent: phone });
  const mail = email && newElement("a", { href: `mailto:${encodeURI(email)}`, textContent: email });
  return [name, tel, mail, hours].filter(Boolean);
}

export function showContact({ id, contact }) {
  const { name, phone, email, hours } = contact;
  Problem.contact = words.behind([name, phone, email, hours].filter(Boolean).join(", "));
  for (const place of document.querySelectorAll("[data-contact]")) {
    place.replaceChildren(words.label, ...links(contact).flatMap((part, at) => (at === 0 ? [part] : [", ", part])), ".");
    place.hidden = false;
  }
  for (const link of document.querySelectorAll("a[href^='/help.html']")) link.search = `?c=${id}`;
}
