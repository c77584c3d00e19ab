// The console's menu: the pages, the contest that is open, and who is signed in.

import { fill, idFromAddress, pageLink, ref } from "../dom.mjs";
import { consoleWords as words } from "../words/console.mjs";
import { read } from "./api.mjs";
import { ask, session, signedOut } from "./ask.mjs";
import { demoChoice, demoPerson } from "./demo.mjs";
import { may } from "./roles.mjs";

/** Thường trực Ban Tổ chức (mọi cuộc thi); … */
export const rolesText = (roles) =>
  Object.entries(roles)
    .map(([where, all]) => words.roleIn(all.map((role) => words.role[role]).join(", "), where === "*" ? words.everywhere : where))
    .join("; ");

const nav = () => document.querySelector("[data-ref='console-nav']");

/** Links of the menu lead to the contest that the address names. */
export function contestLinks(me) {
  const contest = idFromAddress("c");
  const here = location.pathname.split("/").at(-1) || "index.html";
  ref(nav(), "all-contests").hidden = !contest;
  for (const link of nav().querySelectorAll("a[data-page]")) {
    link.href = pageLink(`organizer/${link.dataset.page}`, { c: contest });
    const isAllowed = !link.dataset.may || may(me, link.dataset.may, contest);
    link.hidden = !isAllowed || (link.dataset.needs === "contest" && !contest);
    if (link.dataset.page === here) link.setAttribute("aria-current", "page");
  }
}

/** Draws the menu for somebody who is signed in. */
export function drawNav(me) {
  contestLinks(me);
  fill(nav(), { who: me.name, roles: rolesText(me.roles) || words.noRole });
  ref(nav(), "sign-out").addEventListener("click", async () => {
    if (session()) await ask("DELETE", "sessions").catch(() => null); // it ends by itself too
    signedOut();
    location.assign("/organizer/index.html");
  });
  if (demoPerson()) ref(nav(), "sign-out").before(demoChoice(words.demo));
  nav().hidden = false;
}

/** Draws the menu for whoever is signed in; signs in first where nobody is. */
export async function consoleNav() {
  const me = await read("me");
  drawNav(me);
  return me;
}
