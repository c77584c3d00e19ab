// The help: text that anyone may read. Whoever is signed in has the menu above it; nobody is asked to sign in for it, since
// signing in is one of the things that it explains.

import { start } from "../page.mjs";
import { askJson, session } from "./ask.mjs";
import { drawNav } from "./nav.mjs";

async function help() {
  if (!session()) return;
  const { status, body } = await askJson("GET", "me");
  if (status === 200) drawNav(body);
}

start({ help: () => help().catch(() => null) }); // the text is there without its menu
