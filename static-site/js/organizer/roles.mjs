// What somebody may do, by the words of their roles: the pages offer what the API will not refuse, and the API decides.

const MAY = {
  readFiles: ["lead", "organizer", "auditor"],
  writeFiles: ["lead", "organizer"],
  readBankReport: ["lead", "organizer", "author", "auditor"],
  writeBank: ["author"],
  seePaperBeforeOpening: ["author"],
  seePaper: ["lead", "organizer", "author", "auditor"],
  watch: ["lead", "organizer", "auditor"],
  lookUp: ["lead", "organizer", "auditor"],
  correctContestant: ["lead", "organizer"],
  propose: ["lead", "organizer"],
  readProposals: ["lead", "organizer", "auditor"],
  approve: ["lead"],
  extend: ["lead"],
  previewResults: ["lead", "organizer"],
  review: ["lead", "organizer", "auditor"],
  download: ["lead", "organizer", "official", "auditor"],
  readHealth: ["lead", "organizer", "it"],
  readAudit: ["lead", "auditor"],
  seePeople: ["lead", "auditor", "it"],
  managePeople: ["lead"],
  endSessions: ["lead", "it"],
};

/** `contest` null asks for the platform as a whole. */
export function may({ roles }, action, contest) {
  return Object.entries(roles).some(([scope, words]) => (scope === "*" || scope === contest) && words.some((word) => MAY[action].includes(word)));
}

/** The scopes in which somebody may do this. */
export const scopesOf = ({ roles }, action) => Object.keys(roles).filter((scope) => may({ roles: { [scope]: roles[scope] } }, action, scope));
