// Inviting somebody: a role, a contest, and a slip that is printed and handed over.

import { fill, focusOn, ID, newElement, pageLink, ref, showView } from "../dom.mjs";
import { showErrors } from "../form.mjs";
import { consoleWords } from "../words/console.mjs";
import { settingsWords as words } from "../words/console-settings.mjs";
import { now } from "../server.mjs";
import { change } from "./api.mjs";
import { seenOnce } from "./card.mjs";
import { onSubmit } from "./form-step.mjs";
import { may } from "./roles.mjs";
import { momentAndLeft } from "./time.mjs";

const TO_COME = "+"; // no contest is called so

export function invitations(root, { me, contests, done }) {
  const form = ref(root, "invite-form");
  const { role, scope, "scope-id": id } = form.elements;
  role.replaceChildren(newElement("option", { value: "", textContent: words.chooseRole }), ...Object.entries(consoleWords.role).map(([value, textContent]) => newElement("option", { value, textContent })));
  const isLeadOfAll = may(me, "managePeople", null);
  const own = contests.filter((contest) => may(me, "managePeople", contest.id));
  const options = [
    ["", words.chooseScope],
    ...own.map((contest) => [contest.id, contest.name ?? contest.id]),
    ...(isLeadOfAll ? [["*", words.everywhere], [TO_COME, words.aContestToCome]] : []),
  ];
  scope.replaceChildren(...options.map(([value, textContent]) => newElement("option", { value, textContent })));
  const showHelp = () => fill(root, { roleWhat: words.rolesWhat[role.value] ?? "" });
  role.addEventListener("change", showHelp);
  scope.addEventListener("change", () => (ref(root, "scope-id-part").hidden = scope.value !== TO_COME));
  showHelp();

  function showSlip(invited, name, chosen) {
    const address = location.origin + pageLink("organizer/index.html", {}).replace(/\?$/, "");
    const where = chosen === "*" ? consoleWords.everywhere : own.find((contest) => contest.id === chosen)?.name ?? chosen;
    fill(root, {
      slipFor: words.slipFor(name),
      slipRole: words.slipRole(consoleWords.role[role.value], where),
      slipAddress: address,
      slipCode: invited.code,
      slipLink: `${address}#moi=${invited.code}`,
      slipUntil: words.slipUntil(momentAndLeft(invited.expires_at, null, new Date(now()).toISOString())),
    });
    form.reset();
    showHelp();
    ref(root, "scope-id-part").hidden = true;
    showView(root, "slip");
    focusOn(ref(root, "slip-title"));
    seenOnce(ref(root, "slip-done")).then(() => {
      fill(root, { slipCode: "", slipLink: "" }); // it is not shown again
      done();
    });
  }

  onSubmit(form, {
    missing: { "invite-name": words.enterName, role: words.chooseRole, scope: words.chooseScope },
    async send(fields) {
      const chosen = scope.value === TO_COME ? id.value.trim() : scope.value;
      if (chosen !== "*" && !ID.test(chosen)) return showErrors(form, [{ field: "scope-id", message: chosen ? words.badContest : words.enterContest }]);
      const name = fields["invite-name"].value.normalize("NFC").trim();
      showSlip(await change("POST", "people", { name, role: role.value, scope: chosen }), name, chosen);
    },
  });
  ref(root, "slip-print").addEventListener("click", () => print());
}
