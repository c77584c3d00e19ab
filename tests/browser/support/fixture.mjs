// What the stand-in server tells: one contest in the shape of CONTRACT 5, with fixed codes and times, so
// that aria snapshots do not change from run to run. story.test.mjs compares these shapes with the real server's.

import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { REPOSITORY } from "./pages.mjs";

const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");
const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, Buffer.alloc(32, 7)]), format: "der", type: "pkcs8" });
const publicKey = Buffer.from(createPublicKey(privateKey).export({ format: "jwk" }).x, "base64url");
const NAME = "hoithi.example/song-cong-cchc-2021";
const keyId = createHash("sha256").update(`${NAME}\n`).update(Buffer.from([1])).update(publicKey).digest().subarray(0, 4);

/** A C2SP signed note over `lines`. */
export function note(lines) {
  const text = `${lines.join("\n")}\n`;
  return `${text}\n— ${NAME} ${Buffer.concat([keyId, sign(null, Buffer.from(text), privateKey)]).toString("base64")}\n`;
}

const golden = JSON.parse(readFileSync(`${REPOSITORY}crates/documents/golden/contest.json`, "utf8"));

/** The members are those that Rust publishes; its sentences are replaced, so that rewording one there changes nothing here. */
export const contest = {
  ...golden,
  prediction: { ...golden.prediction, prompt: "Theo bạn, có bao nhiêu người trả lời đúng tất cả các câu hỏi?" },
  reading_list: ["Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ", "Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ"],
  rules: [
    { heading: "Điều 1. Đối tượng", paragraphs: ["Cán bộ, công chức, viên chức và Nhân dân.", "Thành viên Ban Tổ chức không dự thi."] },
    { heading: "Điều 2. Xếp hạng", paragraphs: ["Xếp theo điểm, rồi theo số dự đoán gần đúng nhất."] },
  ],
  rules_sha256: "a".repeat(64),
  consent: { text: "Tôi đồng ý để Ban Tổ chức xử lý dữ liệu cá nhân của tôi.\nSự đồng ý này là tự nguyện.", text_sha256: "b".repeat(64) },
  public_key: `${NAME}+${keyId.toString("hex")}+${Buffer.concat([Buffer.from([1]), publicKey]).toString("base64")}`,
};

export const index = { schema: "hoithi/contests/1", contests: [contest].map(({ id, name, organizer, opens, closes }) => ({ id, name, organizer, opens, closes })) };

export const CONTEST = contest.id;
export const ROUND = contest.rounds[0].id;
export const SESSION = { contestant: "SC7K2M9Q", session: "phien-dang-nhap", expires_at: "2021-12-31T00:00:00.000Z" };
export const PSEUDONYM = "abcdefghijklmno9";

const options = ["Chính phủ", "Quốc hội", "Bộ Nội vụ", "Ủy ban nhân dân cấp tỉnh"].map((text, index) => ({ id: "abcd"[index], text }));
export const paper = {
  questions: [
    { id: "q01", text: "Cơ quan nào ban hành Nghị định số 63/2010/NĐ-CP?", choose: 1, options },
    { id: "q02", text: "Những cơ quan nào có trách nhiệm kiểm soát thủ tục hành chính?", choose: 2, options },
    { id: "q03", text: "Cơ quan nào ban hành Nghị quyết số 76/NQ-CP?", choose: 1, options },
  ],
  prediction: { target: contest.prediction.target, prompt: contest.prediction.prompt },
};

export const me = (attempts) => ({
  contestant: SESSION.contestant, pseudonym: PSEUDONYM, full_name: "Đặng Thị Ơn", unit: contest.units[1].code, unit_basis: "residence", phone_last3: "678", email: null, secret_reset_at: null, referral_code: "GT7K2M9Q", referrals: 1,
  rounds: contest.rounds.map(({ id }) => ({ round: id, attempts: id === ROUND ? attempts : [], attempts_left: id === ROUND ? 3 - attempts.length : 3 })),
});

const winner = (rank, tier, prize, amount, contestant, full_name, prediction, duration_ms) => ({
  rank, tier, prize, amount, contestant, full_name, unit: contest.units[1].code, unit_name: contest.units[1].name, score: 100,
  prediction, prediction_distance: Math.abs(prediction - 3195), duration_ms, submitted_at: "2021-12-13T02:05:07.120Z",
});

const results = {
  schema: "hoithi/results/1", contest: CONTEST, round: ROUND, version: 1, status: "provisional", closed_at: contest.rounds[0].closes,
  totals: { registered: 18032, contestants: 17201, attempts: 27084, perfect_attempts: 11429, perfect_contestants: 3195, perfect_attempts_percent: "42.19" },
  prediction: { target: "perfect_contestants", actual: 3195 },
  winners: [
    winner(1, "first", "Giải Nhất", 1000000, "abcdefghijklmno4", "Nguyễn Thị Hồng Nhung", 3195, 305250),
    winner(2, "second", "Giải Nhì", 800000, "abcdefghijklmno5", "Đỗ Văn Ẩm", 3200, 61999),
  ],
  changes: [],
};

const ranking = [
  "rank,contestant,unit,score,perfect,prediction,prediction_distance,duration_ms,submitted_at,attempt",
  "1,abcdefghijklmno4,bach-quang,100,true,3195,0,305250,2021-12-13T02:05:07.120Z,1",
  "2,abcdefghijklmno5,bach-quang,100,true,3200,5,61999,2021-12-13T02:05:07.120Z,1",
  `17201,${PSEUDONYM},bach-quang,33.33,false,,,900000,2021-12-13T02:05:07.120Z,2`,
].join("\n");

const units = [
  "rank,unit,name,level,members,contestants,attempts,perfect_contestants,mean_score,rate_percent,prize",
  "1,bach-quang,Phường Bách Quang,ward,1000,421,900,120,86.66,42.10,Giải Nhất",
  '2,luong-son,"Phường ""Lương Sơn"", tổ 1",ward,500,400,1000,90,90.00,80.00,Giải Nhì',
  ",an-chau,Xã Ân Châu,ward,,3,3,0,70.50,,",
].join("\n");

const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const files = { "results.json": JSON.stringify(results), "ranking.csv": `${ranking}\n`, "units.csv": `${units}\n` };
const manifest = JSON.stringify({
  schema: "hoithi/manifest/1", contest: CONTEST, round: ROUND, version: 1, previous: null, rules_sha256: contest.rules_sha256, ledger_root: "c".repeat(64), reason: null, history: [],
  files: Object.entries(files).sort().map(([name, text]) => ({ name, sha256: sha256(text), size: Buffer.byteLength(text) })),
});
const pointer = {
  schema: "hoithi/round/1", version: 1, status: "provisional", path: "v1/", manifest_sha256: sha256(manifest), published_at: contest.rounds[0].publishes,
  history: [{ version: 1, manifest_sha256: sha256(manifest), reason: null, published_at: contest.rounds[0].publishes }],
};

const goldenFile = (name) => readFileSync(`${REPOSITORY}tests/golden/published/${name}`, "utf8");
const VERSION_FILES = ["contest.json", "ledger.jsonl", "checkpoint", "participants.csv", "results.json", "ranking.csv", "units.csv", "key.json"];

/** A whole published round that holds, below contests/: the golden files of the tests that publish, with the contest as
    `change` has it. */
export function soundWith(change) {
  const version = Object.fromEntries(VERSION_FILES.map((name) => [name, goldenFile(name === "contest.json" ? "version-contest.json" : name)]));
  version["contest.json"] = change(version["contest.json"]);
  const hashes = {
    "the rules": JSON.parse(version["contest.json"]).rules_sha256,
    "the ledger's tree": Buffer.from(version.checkpoint.split("\n")[2], "base64").toString("hex"),
    ...Object.fromEntries(Object.entries(version).map(([name, text]) => [name, sha256(text)])),
  };
  /** Golden files of hashes say of what each one is. */
  const withHashes = (text) => text.replace(/"SHA-256 of ([^"]+)"/g, (_, of) => `"${hashes[of]}"`);
  const size = Buffer.byteLength(version["contest.json"]);
  version["manifest.json"] = withHashes(goldenFile("manifest.json")).replace(/("name":"contest.json"[^}]+"size":)\d+/, `$1${size}`);
  hashes["manifest.json"] = sha256(version["manifest.json"]);
  return {
    "thi-thu/contest.json": change(goldenFile("contest.json")),
    "thi-thu/rounds/vong-1/index.json": withHashes(goldenFile("round-index.json")),
    ...Object.fromEntries(Object.entries(version).map(([name, text]) => [`thi-thu/rounds/vong-1/v1/${name}`, text])),
  };
}
export const sound = soundWith((text) => text);
/** A receipt of that round. */
export const soundReceipt = goldenFile("receipt.txt");

/** Texts below contests/{c}/rounds/{r}/ once the round is published. */
export const published = {
  "index.json": `${JSON.stringify(pointer)}\n`,
  "v1/manifest.json": manifest,
  ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`v1/${name}`, text])),
};
