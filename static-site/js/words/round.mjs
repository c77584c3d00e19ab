// What scripts say while a round is taken: the sheet and its delivery.

import { words } from "./shared.mjs";

export const sheetWords = {
  attemptStatus: { open: "đang làm", submitted: "đã nhận bài", expired: "hết giờ, chưa nộp" },
  title: (round, contest) => `${round} – ${contest}`,
  start: (n) => `Bắt đầu lượt ${n}`,
  resume: (n) => `Làm tiếp lượt ${n}`,
  notOpen: (time) => `Vòng thi mở lúc ${time} ${words.zone}. Trang tự cập nhật khi đến giờ.`,
  closed: (time) => `Vòng thi đã đóng lúc ${time} ${words.zone}.`,
  usedUp: (all) => `${words.phase.usedUp}${all ? "" : " hôm nay"}.`,
  question: (n) => `Câu ${n}`,
  chooseOne: "Chọn một phương án",
  choose: (n) => `Chọn ${n} phương án`,
  over: (of) => `(chỉ chọn ${of}: hãy bỏ bớt một phương án rồi chọn lại)`,
  chosen: (n, of) => `đã chọn ${n} trên ${of}`,
  answered: "đã trả lời",
  unanswered: "chưa trả lời",
  progress: (n, of) => `Đã trả lời ${n}/${of} câu`,
  left: (time) => `Còn ${time}`,
  fiveMinutes: "Còn 5 phút.",
  oneMinute: "Còn 1 phút. Khi hết giờ, bài tự nộp với những câu đã trả lời.",
  missing: (n) => (n > 0 ? `Còn ${n} câu chưa trả lời` : "Chưa ghi số dự đoán"),
  predictionWhole: "Số dự đoán phải là số nguyên, ví dụ 3200 hoặc 3.200",
  predictionPercent: "Tỷ lệ dự đoán phải từ 0 đến 100, dùng dấu phẩy cho phần lẻ, ví dụ 42,19",
};

export const deliveryWords = {
  first: "Đang gửi bài…",
  again: (tries, seconds) => `Chưa gửi được, đang gửi lại… (lần ${tries}, sau ${seconds} giây). Bài vẫn được giữ trên máy này.`,
  busy: (seconds) => `Máy chủ đang bận, đang gửi lại… (sau ${seconds} giây). Bài vẫn được giữ trên máy này.`,
  asking: "Đã quá giờ gửi. Đang hỏi máy chủ xem bài đã được nhận chưa…",
  lost: "Máy chủ không nhận được bài này trước khi hết giờ.",
};
