// What scripts say besides while a whole contest is checked; loaded with what checks it.

import { verifyWords } from "./verify.mjs";

export const contestWords = {
  ...verifyWords,
  title: () => "Tự kiểm tra cuộc thi",
  heading: {
    checkTitle: "Kiểm tra mọi vòng thi và kết quả toàn cuộc",
    checkText: "Máy của bạn tải các tệp đã công bố, kiểm tra từng vòng thi, rồi tính lại bảng tổng hợp và kết quả toàn cuộc từ các vòng thi. Không cần tin máy chủ.",
  },
  step: {
    ...verifyWords.step,
    round: (name) => name,
    overall: (versions) => `Kết quả toàn cuộc: ${versions} bản công bố, đã tính lại từ các vòng thi: trùng khớp.`,
    standings: (rounds) => `Bảng tổng hợp sau ${rounds} vòng thi đã tính lại từ các vòng thi: trùng khớp.`,
  },
  note: {
    ...verifyWords.note,
    nothingPublished: "Chưa vòng thi nào công bố kết quả.",
    keyHidden: "Thể lệ không công bố đáp án, nên số liệu toàn cuộc không tính lại được; mã băm và các mối liên hệ đã kiểm tra.",
    overallMissing: "Các vòng thi đã công bố kết quả, nhưng kết quả toàn cuộc chưa có.",
    overallOlder: "Kết quả toàn cuộc còn theo bản cũ của một vòng thi; bản mới sẽ có sau ít phút.",
    standingsMissing: "Chưa có bảng tổng hợp các vòng thi.",
    standingsOlder: "Bảng tổng hợp còn theo bản cũ hoặc chưa có vòng thi mới; bảng mới sẽ có sau ít phút.",
  },
  why: {
    ...verifyWords.why,
    follows: "không nêu đúng các vòng thi mà kết quả này tính theo",
    followsNone: "theo một bản không có trong lịch sử của vòng thi",
    followsOlder: "so với bản trước, không có đúng một điều mới: vòng thi có bản mới hơn, một quyết định, hoặc việc bốc thăm",
    competitions: "không nêu đúng các giải tập thể toàn cuộc",
    overallTooEarly: "có kết quả toàn cuộc khi chưa công bố mọi vòng thi, hoặc khi cuộc thi không xét gì toàn cuộc",
    reason: "lý do khác với lý do của các vòng thi",
    status: "trạng thái khác với trạng thái của các vòng thi",
    differs: "khác với kết quả tính lại,",
  },
};
