// Who may do what, and one's own account.

import { fill, focusOn, load, part, ref, showView } from "../dom.mjs";
import { start } from "../page.mjs";
import { syncClock } from "../server.mjs";
import { settingsWords as words } from "../words/console-settings.mjs";
import { read } from "./api.mjs";
import { consoleNav } from "./nav.mjs";
import { ownAccount } from "./own-account.mjs";
import { invitations } from "./invitations.mjs";
import { personView } from "./person.mjs";
import { peopleTable } from "./people-table.mjs";
import { scopesOf } from "./roles.mjs";

function settings(root) {
  /** Every action ends in a sentence, on top of the list to which it leads back. */
  const say = (text, kind = "good") => {
    fill(root, { settingsNote: text });
    ref(root, "settings-note").dataset.kind = kind;
    showView(root, "settings");
    focusOn(ref(root, "settings-note"));
  };

  async function people(me, contests) {
    ref(root, "people-part").hidden = scopesOf(me, "seePeople").length === 0;
    ref(root, "invite-part").hidden = scopesOf(me, "managePeople").length === 0;
    if (ref(root, "people-part").hidden) return;
    const person = personView(root, { me, contests, async done(text) {
      await draw();
      say(text);
    } });
    async function draw() {
      const all = await read("people");
      peopleTable(root, all.people, me, person.open);
    }
    await part(ref(root, "people-part"), draw);
  }

  return load(root, async () => {
    const [me] = await Promise.all([consoleNav(), syncClock().catch(() => {})]);
    const { contests } = await read("contests");
    await Promise.all([people(me, contests), part(ref(root, "own-part"), () => ownAccount(root, me, say))]);
    invitations(root, { me, contests, done: () => say(words.slipGiven) });
    showView(root, "settings");
  });
}

start({ settings });
