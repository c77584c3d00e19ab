// What scripts say about the certificates that people download for themselves.

export const certificateWords = {
  download: "Tải giấy chứng nhận (PDF)",
  loading: "Đang tải giấy chứng nhận…",
  making: "Đang in giấy chứng nhận, có thể mất khoảng một phút. Đừng đóng trang này.",
  saved: "Đã tải giấy chứng nhận. Nếu máy chưa lưu tệp, hãy bấm “Mở tệp PDF”.",
  late: "Giấy chứng nhận chưa in xong. Xin bấm tải lại sau ít phút; nếu vẫn chưa được, xin liên hệ Ban Tổ chức.",
  overContest: "Cả cuộc thi",
  provisional: "Theo kết quả tạm thời: giấy có thể thay đổi khi có quyết định công nhận kết quả.",
  file: (name) => `Giấy chứng nhận - ${name.replaceAll(/[\\/:*?"<>|]/g, " ")}.pdf`,
};
