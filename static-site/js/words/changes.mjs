// What scripts say about what a later version of results changes.

export const changeWords = {
  reason: (text) => `Lý do: ${text}`,
  none: "Không có số liệu, thứ hạng hay giải thưởng nào thay đổi.",
  figures: {
    contestants: "Số người dự thi",
    attempts: "Số lượt thi",
    perfect_attempts: "Số lượt đúng tất cả",
    perfect_contestants: "Số người đúng tất cả",
  },
  figure: (name, before, after) => `${name}: trước ${before}, nay ${after}`,
  prize: (who, before, after) => `${who}: trước ${before}, nay ${after}`,
  code: (contestant) => `Người có mã công khai ${contestant}`,
  noPrize: "không có giải",
  ranks: (moved, entered, left) => `Bảng xếp hạng: ${moved} người đổi hạng, ${entered} người được thêm vào, ${left} người bị đưa ra`,
  decision: (number, day) => `Quyết định số ${number} ngày ${day}`,
  recognized: (decision) => `Công nhận theo ${decision}.`,
  reopened: (decision) => `Đã công nhận theo ${decision}; sau đó có thay đổi, đang chờ công nhận lại.`,
};
