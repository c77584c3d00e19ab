// Sentences that scripts of several pages write; fixed ones stand in the HTML.

export const words = {
  errorPrefix: "Lỗi: ",
  zone: "(giờ Việt Nam)",

  phase: {
    before: "Sắp mở",
    open: "Đang mở",
    running: "Bạn đang làm bài",
    usedUp: "Bạn đã dùng hết lượt",
    closed: "Đã đóng, chờ công bố",
    due: "Đang hoàn tất công bố",
    published: "Đã có kết quả",
  },
  opensIn: (left) => `Mở sau ${left}`,
  closesIn: (left) => `Còn ${left} nữa là đóng`,
  publishesIn: (left) => `Công bố sau ${left}`,
  exactly: (clock, seconds, date) => `${clock} phút ${seconds} giây, ${date}`,
  money: (amount) => `${amount} đồng`,
  span: { day: "ngày", hour: "giờ", minute: "phút", second: "giây" },

  facts: {
    questions: (n) => `${n} câu mỗi lượt`,
    minutes: (n) => (n === 0 ? "Không giới hạn thời gian làm bài" : `${n} phút mỗi lượt`),
    perRound: (n) => (n === 0 ? "Không giới hạn số lượt" : `${n} lượt mỗi vòng thi`),
    counted: {
      best: "Lượt tốt nhất được xếp hạng",
      first: "Lượt đầu tiên được xếp hạng",
      last: "Lượt cuối cùng được xếp hạng",
    },
    points: (n) => `Thang điểm ${n}`,
  },
  sending: "Đang gửi…",
  attemptsLeft: (n) => (n == null ? "không giới hạn" : `còn ${n} lượt`),
  attemptsUsed: (used, left) => `Đã dùng ${used} lượt, ${words.attemptsLeft(left)}`,
  resume: (left) => `Làm tiếp, còn ${left}`,
  attemptTitle: (n) => `Lượt ${n}`,
  copied: "Đã chép.",
  copyFailed: "Trình duyệt không cho chép. Hãy bôi đen rồi chép bằng tay.",

  problem: {
    offline: "Không kết nối được với máy chủ. Kiểm tra mạng rồi thử lại.",
    busy: (seconds) => `Máy chủ đang bận. Hãy thử lại sau ${seconds} giây.`,
    missing: "Không tìm thấy cuộc thi hoặc vòng thi này. Kiểm tra lại đường dẫn.",
    server: "Máy chủ gặp lỗi. Hãy thử lại sau ít phút.",
    part: (sentence) => `Phần này chưa hiện được. ${sentence}`,
    reload: "Hãy tải lại trang; vẫn chưa được thì báo Ban Tổ chức. Các phần khác vẫn dùng được.",
  },
};
