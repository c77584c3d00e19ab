// The receipt as a QR code. Loaded when somebody asks for it: few do, and everybody else's phone is spared.

import { generate } from "../../vendor/lean-qr.mjs";

export function drawReceipt(canvas, receipt) {
  generate(receipt).toCanvas(canvas, { on: [0, 0, 0], off: [255, 255, 255] });
  canvas.hidden = false;
}
