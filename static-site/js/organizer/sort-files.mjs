// Which file of a folder is which: by the names that the program knows, and by those that offices give. Pure.

import { fold } from "../account/units.mjs";

/** Small letters without accents, parted by hyphens. */
const plain = (text) => fold(text).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");

export const endingOf = (name) => (name.includes(".") ? name.slice(name.lastIndexOf(".") + 1).toLowerCase() : "");
export const stemOf = (name) => (name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : name);

const TABLES = [
  ["excluded", ["excluded", "khong-duoc-du-thi", "khong-du-thi", "loai-tru"]],
  ["roster", ["roster", "danh-sach-du-thi", "danh-sach-thi-sinh"]],
  ["units", ["units", "don-vi"]],
];

const PICTURES = [
  ["logo", ["logo", "bieu-trung"]],
  ["banner", ["banner", "hinh-dau-trang", "anh-bia"]],
];

/** Files that an office machine lays beside those that people made. */
export const isLitter = (name) => /^(~\$|\.)/.test(name) || ["thumbs.db", "desktop.ini"].includes(name.toLowerCase());

/** The role of a file: `plan`, `units`, `roster`, `excluded`, `logo`, `banner`, a bank's name such as `bank-tuan-1.xlsx`, or null. `banks` are the
    names that the plan gives. */
export function roleOf(name, banks) {
  const [stem, ending] = [plain(stemOf(name)), endingOf(name)];
  if (ending === "toml") return "plan";
  if (["png", "jpg", "jpeg"].includes(ending)) return PICTURES.find(([, words]) => words.some((word) => stem.includes(word)))?.[0] ?? null;
  const exact = banks.find((bank) => plain(stemOf(bank)) === stem);
  if (exact) return exact;
  const table = TABLES.find(([, words]) => words.some((word) => stem === word || (word.includes("-") && stem.includes(word))));
  if (table) return table[0];
  // “Ngân hàng tuần 1” is the bank whose name ends in what this one ends in.
  const alike = banks.filter((bank) => {
    const own = plain(stemOf(bank)).replace(/^bank-?/, "");
    return own && `-${stem}`.endsWith(`-${own}`);
  });
  if (alike.length === 1) return alike[0];
  if (banks.length === 1 && /^(bank|ngan-hang|cau-hoi)/.test(stem)) return banks[0];
  return null;
}

/** The files in the order in which they have to go: the plan names the banks, units come before those who name them. */
export function inOrder(files) {
  const place = ({ role }) => ["plan", "units", "roster", "excluded"].indexOf(role) + 1 || 5;
  return [...files].sort((a, b) => place(a) - place(b));
}
