// The slip for somebody who lost their secret: shown once to whoever approved it, printed and handed over.

import { fill, focusOn, idFromAddress, pageLink, ref, showView } from "../dom.mjs";
import { decisionWords } from "../words/console-decisions.mjs";
import { momentAndLeft } from "./time.mjs";

const words = decisionWords.slip;

/** `back` is the view that follows once it was handed over; `done` is called then. */
export function resetSlip(root, { slip, code, zone, now, back, done }) {
  const warn = (event) => event.preventDefault(); // it is shown this once
  fill(root, {
    slipFor: words.forWhom(code),
    slipAddress: location.origin + pageLink("lost-secret.html", { c: idFromAddress("c") }),
    slipCode: slip.code,
    slipUntil: words.until(momentAndLeft(slip.valid_until, zone, now)),
  });
  addEventListener("beforeunload", warn);
  ref(root, "slip-print").onclick = () => print();
  ref(root, "slip-done").onclick = () => {
    removeEventListener("beforeunload", warn);
    fill(root, { slipCode: "" });
    showView(root, back);
    done();
    focusOn(ref(root, "done"));
  };
  showView(root, "slip");
  focusOn(ref(root, "slip-title"));
}
