// What scripts say of a certificate whose code was scanned.

export const certificateWords = {
  title: "Kiểm tra giấy chứng nhận",
  overall: "Toàn cuộc thi",
  heading: {
    prize: (name) => `Đúng: kết quả hiện nay có giải này, ${name}.`,
    reached: (name) => `Đúng: theo kết quả hiện nay, người này đạt yêu cầu của ${name}.`,
    untold: (name) => `Chưa kết luận được về ${name}: bảng xếp hạng công bố chỉ ghi bài đúng tất cả, còn đáp án không được công bố nên trang này không chấm lại được bài của mã này. Hãy gửi mã công khai trên giấy cho Ban Tổ chức để hỏi.`,
    notReached: (name) => `Không đúng: theo kết quả hiện nay, người này không đạt yêu cầu của ${name}.`,
    none: "Không đúng: kết quả hiện nay không có giải nào như trên giấy này cho mã công khai này.",
    unpublished: "Kết quả chưa được công bố, nên chưa kiểm tra được.",
    broken: "Mã trên giấy không đọc được trọn vẹn. Hãy quét lại, hoặc so mã công khai trên giấy với trang kết quả.",
  },
  pseudonym: (code) => `Mã công khai: ${code}`,
  name: (name) => `Họ và tên trong kết quả: ${name}. Hãy so với tên trên giấy.`,
  noName: "Kết quả không ghi tên người này nữa.",
  round: (name) => `Vòng thi: ${name}`,
  instead: (prizes) => `Kết quả hiện nay của mã này: ${prizes}.`,
  version: (version, status) => `Kết quả hiện nay là bản ${version}, ${status}.`,
  status: { provisional: "tạm thời", official: "chính thức" },
  newer: (reason) => `Đã có bản mới hơn bản công bố đầu tiên. Lý do của bản mới nhất: ${reason}.`,
};
