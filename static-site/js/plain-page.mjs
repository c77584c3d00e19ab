// Pages that are only text: help and not-found. Help that is opened from a contest says whom to ask about it.

import { idFromAddress } from "./dom.mjs";
import { start } from "./page.mjs";
import { contestJson } from "./server.mjs";

start({});
const contest = idFromAddress("c");
if (contest) contestJson(contest).catch((error) => console.warn(error)); // the text is read without it
