// What scripts say about published results.

import { words } from "./shared.mjs";

export const resultWords = {
  status: { provisional: "Kết quả tạm thời", official: "Kết quả chính thức" },
  target: {
    perfect_contestants: "Số người trả lời đúng tất cả các câu",
    contestants: "Số người dự thi",
    attempts: "Số lượt thi",
    perfect_attempts: "Số lượt thi đúng tất cả các câu",
    perfect_percent: "Tỷ lệ lượt thi đúng tất cả (%)",
  },
  level: {
    province: "Tỉnh", city: "Thành phố", district: "Huyện", commune: "Xã", ward: "Xã, phường", neighborhood: "Tổ dân phố",
    base: "Cơ sở", bloc: "Khối", subcommittee: "Đảng bộ bộ phận", cell: "Chi bộ", organisation: "Cơ quan, tổ chức", "": "Khác",
  },
  enterCode: "Nhập mã công khai của bạn",
  overall: "Toàn cuộc thi",
  overallTitle: "Kết quả toàn cuộc thi",
  yourUnit: "(của bạn)",
  title: (round) => `Kết quả ${round}`,
  waiting: (time) => `Kết quả công bố lúc ${time} ${words.zone}.`,
  soon: "Kết quả đang được công bố. Trang tự tải lại sau ít giây.",
  version: (n, time) => `Bản ${n}, công bố lúc ${time} ${words.zone}`,
  versionRow: (n) => `Bản ${n}`,
  firstVersion: "Công bố lần đầu",
  percent: (value) => `${value} số lượt thi`,
  found: (rank, score) => `Mã này xếp hạng ${rank} với ${score} điểm.`,
  mine: (rank, score) => `Bạn xếp hạng ${rank} với ${score} điểm.`,
  notFound: "Không có mã này trong bảng xếp hạng của vòng thi. Kiểm tra lại từng ký tự của mã công khai.",
  mineMissing: "Bạn không có tên trong bảng xếp hạng của vòng thi này.",
  sorted: (column, down) => `Đã xếp theo ${column}, ${down ? "giảm dần" : "tăng dần"}.`,
  noPrize: "–",
  fileSize: (kilobytes) => `${kilobytes} KB`,
  files: {
    "manifest.json": "Danh mục tệp và mã băm",
    "results.json": "Kết quả và người đạt giải",
    "ranking.csv": "Bảng xếp hạng đầy đủ",
    "units.csv": "Bảng đơn vị",
    "ledger.jsonl": "Sổ cái bài thi (bút danh)",
    "key.json": "Đáp án",
    checkpoint: "Gốc Merkle đã ký",
    "participants.csv": "Người có bài trong sổ cái",
    "decisions.json": "Các quyết định của Ban Tổ chức",
    "lots.json": "Giá trị bốc thăm",
    "contest.json": "Thể lệ bằng dữ liệu, lúc khóa sổ",
  },
};
