// Pages that are only text: help and not-found.

import { start } from "./page.mjs";

start({});
