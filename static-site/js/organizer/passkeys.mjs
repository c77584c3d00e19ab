// Passkeys, as a browser keeps them: what the API asks goes to the device, and what the device makes or signs goes back. Both
// travel as JSON, with bytes in base64url; browsers that do not know that form yet have it from here.

import { Problem } from "../server.mjs";
import { passkeyWords as words } from "../words/console.mjs";

const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const textOf = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const isAddress = (host) => /^[\d.]+$|^\[/.test(host);

/** Whether this browser, at this address, has passkeys: there are none for an address of numbers. */
export const havePasskeys = () => Boolean(globalThis.PublicKeyCredential) && !isAddress(location.hostname);

/** This page by the name of this machine, where it is open by its number; null elsewhere. */
export const hereByName = () => (["127.0.0.1", "[::1]"].includes(location.hostname) ? location.href.replace(location.hostname, "localhost") : null);

const described = (keys = []) => keys.map((key) => ({ ...key, id: bytesOf(key.id) }));

const toSign = (options) =>
  PublicKeyCredential.parseRequestOptionsFromJSON?.(options)
  ?? { ...options, challenge: bytesOf(options.challenge), allowCredentials: described(options.allowCredentials) };

const toMake = (options) =>
  PublicKeyCredential.parseCreationOptionsFromJSON?.(options)
  ?? { ...options, challenge: bytesOf(options.challenge), user: { ...options.user, id: bytesOf(options.user.id) }, excludeCredentials: described(options.excludeCredentials) };

function jsonOf(key) {
  if (key.toJSON) return key.toJSON();
  const { id, type, response } = key;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const there = parts.filter((part) => response[part]).map((part) => [part, textOf(response[part])]);
  return { id, rawId: id, type, response: Object.fromEntries(there), clientExtensionResults: {} };
}

/** What the device answers, in JSON; a problem with its sentence where it does not. */
async function answered(asked) {
  try {
    return jsonOf(await asked());
  } catch (error) {
    const detail = words[error.name];
    if (!detail) throw error;
    throw new Problem(400, { code: "no_answer", detail }, null);
  }
}

export const signByPasskey = ({ publicKey }) => answered(() => navigator.credentials.get({ publicKey: toSign(publicKey) }));
export const makePasskey = ({ publicKey }) => answered(() => navigator.credentials.create({ publicKey: toMake(publicKey) }));
