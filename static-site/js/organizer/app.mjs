// The place of an account in an authenticator app: a picture to scan, a link, and a key to type.

import { fill, ref } from "../dom.mjs";

/** Draws the address that an app reads as a picture of squares. */
function drawPicture(svg, rows) {
  const side = rows.length + 8; // four squares of quiet on each side
  const part = (name, properties) => {
    const element = document.createElementNS(svg.namespaceURI, name);
    for (const [property, value] of Object.entries(properties)) element.setAttribute(property, value);
    return element;
  };
  const dark = rows.flatMap((row, y) => [...row].flatMap((sign, x) => (sign === "1" ? [`M${x},${y}h1v1h-1z`] : [])));
  svg.setAttribute("viewBox", `-4 -4 ${side} ${side}`);
  svg.replaceChildren(part("rect", { x: -4, y: -4, width: side, height: side, fill: "#fff" }), part("path", { d: dark.join("") }));
}

/** Shows what the API said of a new app. */
export function showApp(root, { totp_uri: address, totp_qr: rows }) {
  ref(root, "app-link").href = address.startsWith("otpauth://totp/") ? address : ""; // nothing else becomes a link
  drawPicture(ref(root, "app-picture"), rows);
  fill(root, { appKey: new URL(address).searchParams.get("secret").replace(/(.{4})/g, "$1 ").trim() });
}
