// What every page has: display tools, the contest's navigation, and the starting of modules.

import { idFromAddress, pageLink, part, ref } from "./dom.mjs";
import * as localStore from "./local-store.mjs";

const SIZES = [-1, 0, 1, 2];

function displayTools(tools) {
  const root = document.documentElement;
  const chosen = { size: 0, contrast: "normal", ...localStore.read("hoithi.display") };
  const apply = () => {
    root.dataset.size = chosen.size;
    root.dataset.contrast = chosen.contrast;
    ref(tools, "contrast").setAttribute("aria-pressed", String(chosen.contrast === "high"));
    localStore.write("hoithi.display", chosen);
  };
  const resize = (step) => () => {
    if (SIZES.includes(chosen.size + step)) chosen.size += step;
    apply();
  };
  ref(tools, "smaller").addEventListener("click", resize(-1));
  ref(tools, "larger").addEventListener("click", resize(1));
  ref(tools, "contrast").addEventListener("click", () => {
    chosen.contrast = chosen.contrast === "high" ? "normal" : "high";
    apply();
  });
  apply();
  tools.hidden = false;
}

/** Links carry on contest, round and referrer. */
export function contestLinks(root) {
  const query = { c: idFromAddress("c"), ref: new URLSearchParams(location.search).get("ref") };
  for (const link of root.querySelectorAll("a[data-page]")) {
    const needsRound = link.dataset.page === "results.html" && idFromAddress("r");
    link.href = pageLink(link.dataset.page, { ...query, r: needsRound || null, return: link.dataset.page === "sign-in.html" ? returnHere() : null });
  }
}

function returnHere() {
  return /^\/(account|round|results|contest|erase)\.html$/.test(location.pathname) ? location.pathname + location.search : null;
}

function contestNav(nav) {
  const contest = idFromAddress("c");
  if (!contest) return;
  const draw = () => {
    ref(nav, "signed-in").hidden = localStore.session(contest) === null;
    ref(nav, "signed-out").hidden = !ref(nav, "signed-in").hidden;
  };
  contestLinks(nav);
  draw();
  localStore.onSession(draw);
  ref(nav, "sign-out").addEventListener("click", () => {
    localStore.signedOut(contest);
    location.assign(pageLink("contest.html", { c: contest }));
  });
  nav.hidden = false;
}

/** Whether the menu, and whatever else on the page leads to it, offers to register. */
export function offerRegistration(offered) {
  for (const element of document.querySelectorAll("[data-offer='register']")) element.hidden = !offered;
}

export function start(modules) {
  const all = { "display-tools": displayTools, "contest-nav": contestNav, ...modules };
  for (const element of document.querySelectorAll("[data-module]")) part(element, () => all[element.dataset.module]?.(element));
  document.documentElement.dataset.started = ""; // fallback.js waits for it
}
