// What scripts say of a receipt; they come with the receipt, after the round.

import { words } from "./shared.mjs";

export const receiptWords = {
  accepted: (time) => `Bài của bạn đã được nhận lúc ${time} ${words.zone}`,
  file: (contest, round, attempt) => `bien-nhan-${contest}-${round}-luot-${attempt}.txt`,
};
