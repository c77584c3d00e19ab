// What scripts say about results over the whole contest.

import { words } from "./shared.mjs";

export const overallWords = {
  waiting: (round, time) => `Xếp hạng toàn cuộc thi có sau khi công bố kết quả ${round}, lúc ${time} ${words.zone}.`,
  provisionalStatus: "Tạm thời",
  provisional: (names, published, all, time) =>
    `Sau ${published} vòng đã công bố (trong ${all} vòng): ${names}. Giải được trao sau khi công bố vòng cuối, lúc ${time} ${words.zone}.`,
  follows: (rounds) => `Tính từ kết quả các vòng: ${rounds.join("; ")}.`,
  roundVersion: (round, version) => `${round} (bản ${version})`,
  behind: "Bảng xếp hạng dưới đây chưa theo bản kết quả mới nhất. Hãy tải lại trang sau ít phút.",
  recognized: (decisions) => `Công nhận theo ${decisions.join(" và ")}.`,
  notRecognized: "Chưa phải kết quả chính thức: còn chờ Ban Tổ chức công nhận kết quả mọi vòng thi.",
  competition: (decided, number, levels) => `${decided ? "Giải" : "Xếp hạng"} tập thể${number ? ` ${number}` : ""}: ${levels.join("; ")}`,
  table: (title) => `Bảng đơn vị, ${title}`,
  mostLines: (most) => `${most} người đứng đầu. Người ở hạng sau tra bằng mã công khai.`,
  found: (rank, score) => `Mã này xếp hạng ${rank} toàn cuộc thi, tổng điểm ${score}.`,
  mine: (rank, score) => `Bạn xếp hạng ${rank} toàn cuộc thi, tổng điểm ${score}.`,
  notFound: "Không có mã này trong bảng xếp hạng toàn cuộc thi. Kiểm tra lại từng ký tự của mã công khai.",
  mineMissing: "Bạn không có tên trong bảng xếp hạng toàn cuộc thi.",
};
