// What scripts say about a contest: its rounds and prizes.

import { words } from "./shared.mjs";

export const contestWords = {
  phase: { before: "Sắp diễn ra", open: "Đang diễn ra", over: "Đã kết thúc" },
  resetNotice: (time) => `Mật khẩu của bạn đã được đặt lại bằng phiếu của Ban Tổ chức lúc ${time}. Nếu không phải bạn làm, hãy báo Ban Tổ chức ngay.`,
  prizeScope: { round: "mỗi vòng thi", contest: "cả cuộc thi" },
  prizeRounds: (names) => (names.length > 1 ? `mỗi vòng: ${names.join("; ")}` : names[0]),
  measure: {
    attempts: "số lượt thi",
    contestants: "số người dự thi",
    mean_score: "điểm trung bình",
    perfect_contestants: "số người đúng tất cả",
    attempts_per_member: "số lượt thi trên số thành viên",
    contestants_per_member: "tỷ lệ thành viên dự thi",
    prize_points: "tổng tiền thưởng cá nhân",
    winners: "số giải cá nhân",
    points: "điểm thi đua",
  },
  collectiveHow: (measure, scope, rate) =>
    `Xếp theo: ${measure.map((key) => contestWords.measure[key.split(" ")[0]] ?? key).join("; sau đó ")} (${contestWords.prizeScope[scope]}).${rate > 0 ? ` Chỉ xét đơn vị có ít nhất ${rate}% thành viên dự thi.` : ""}`,
  period: (from, to) => `Từ ${from} đến trước ${to} ${words.zone}`,
  publishesAt: (time) => `Công bố kết quả lúc ${time}`,
  bank: (count) => `Ngân hàng ${count} câu hỏi`,
  referrals: (n) => `${n} tài khoản`,
  exported: "Đã lưu dữ liệu của bạn thành tệp.",
  exportFile: (contest) => `du-lieu-cua-toi-${contest}.json`,
  noAmount: "do Ban Tổ chức quyết định",
  enter: "Vào thi",
  goOn: "Làm tiếp",
  receipts: "Lượt và biên nhận",
  registrationOpens: (time) => `Đăng ký mở lúc ${time} ${words.zone}. Mời bạn quay lại lúc đó.`,
  registrationClosed: (time) => `Đăng ký đã đóng lúc ${time} ${words.zone}.`,
  perDay: (n) => `Mỗi ngày bắt đầu được tối đa ${n} lượt`,
  complete: "Chỉ tính bài trả lời đủ mọi câu",
  minAge: (n) => `Từ ${n} tuổi trở lên, tính đến ngày mở vòng thi đầu tiên`,
  maxAge: (n) => `Không quá ${n} tuổi, tính đến ngày mở vòng thi đầu tiên`,
  onlyIn: (round, facts) => `Riêng ${round}: ${facts.join("; ")}`,
  roster: "Chỉ người có tên trong danh sách của Ban Tổ chức",
  seeResults: "Xem kết quả",
};
