// What scripts of the organizers' console say on every page of it, and on the first.

export const timeWords = {
  moment: (clock, weekday, date, zone) => `${clock}, ${weekday} ${date}${zone ? ` (giờ ${zone})` : ""}`,
  left: (moment, left) => `${moment}, còn ${left}`,
};

export const consoleWords = {
  signIn: {
    title: "Đăng nhập",
    again: "Phiên làm việc đã hết. Đăng nhập lại để làm tiếp: nội dung đang nhập vẫn còn trên trang.",
    login: "Tên đăng nhập",
    secret: "Mật khẩu",
    next: "Tiếp tục",
    back: "Quay lại bước trước",
    code: "Mã 6 số trong ứng dụng xác thực, hoặc một mã trên thẻ dự phòng",
    enter: "Đăng nhập",
    enterLogin: "Nhập tên đăng nhập",
    enterSecret: "Nhập mật khẩu",
    enterCode: "Nhập mã",
    slip: "Có phiếu cấp quyền mới? Nhận quyền ở đây",
    passkey: "Đăng nhập bằng khóa truy cập",
    byName: "Muốn dùng khóa truy cập? Mở trang này theo tên máy (localhost)",
  },
  stepUp: {
    title: "Xác nhận lại",
    why: "Việc này cần xác nhận lại. Nhập mã 6 số trong ứng dụng xác thực, hoặc một mã trên thẻ dự phòng.",
    code: "Mã xác nhận",
    confirm: "Xác nhận",
    passkey: "Xác nhận bằng khóa truy cập",
    leave: "Thôi, không làm nữa",
    left: "Bạn chưa xác nhận lại nên chưa có gì thay đổi. Nội dung đang nhập vẫn còn trên trang.",
  },
  phase: { draft: "Bản nháp", ahead: "Chưa mở", open: "Đang mở", between: "Giữa hai vòng", closed: "Đã đóng", published: "Đã công bố" },
  round: { ahead: "Chưa mở", open: "Đang mở", closing: "Đang chốt bài", ranked: "Đã xếp hạng", published: "Đã công bố" },
  status: { accepted: "Đã nhận", rejected: "Chưa nhận", judging: "Đang kiểm tra" },
  role: { lead: "Thường trực Ban Tổ chức", organizer: "Tổ thư ký", author: "Tổ ra đề", official: "Cán bộ nhận kết quả", auditor: "Giám sát", it: "Kỹ thuật" },
  noRole: "chưa có vai trò",
  everywhere: "mọi cuộc thi",
  demo: { as: "Đang xem thử, trong vai", person: { lead: "Thường trực", second: "Thường trực thứ hai", author: "Tổ ra đề" } },
  roleIn: (roles, where) => `${roles} (${where})`,
};

/** What a browser says of a passkey, by the name of its fault. */
export const passkeyWords = {
  NotAllowedError: "Chưa nhận được khóa truy cập: bạn đã bấm hủy, để quá lâu, hoặc thiết bị này không có khóa của tài khoản. Hãy thử lại, hoặc dùng mã trong ứng dụng xác thực.",
  AbortError: "Trình duyệt đã dừng giữa chừng. Hãy thử lại.",
  InvalidStateError: "Thiết bị này đã có khóa truy cập của tài khoản này rồi.",
  SecurityError: "Khóa truy cập chỉ dùng được ở địa chỉ chính thức của trang. Hãy mở trang theo địa chỉ ghi trên phiếu cấp quyền.",
  NotSupportedError: "Thiết bị này không tạo được khóa truy cập. Hãy dùng mật khẩu và ứng dụng xác thực.",
};

export const homeWords = {
  opens: (moment) => `Mở lúc ${moment}`,
  closes: (moment) => `Đóng lúc ${moment}`,
  closed: (moment) => `Đã đóng lúc ${moment}`,
  publishes: (moment) => `Công bố lúc ${moment}`,
  publishedVersion: (n) => (n ? `Bản công bố số ${n}` : "Đã công bố"),
  sealed: (questions) => `Ngân hàng ${questions} câu, đã niêm phong`,
  noBank: "Chưa có ngân hàng câu hỏi",
  met: "Xong",
  unmet: "Chưa",
  cure: { plan: "Đến Kế hoạch", public: "Xem trước trang cuộc thi", bank: "Đến Ngân hàng câu hỏi", units: "Đến Đơn vị và thí sinh", excluded: "Đến Đơn vị và thí sinh", excluded_names: "Đến Đơn vị và thí sinh", two_leads: "Mời thêm một Thường trực" },
  seeDraft: "Xem trang cuộc thi như thí sinh sẽ thấy",
  seePublic: "Mở trang cuộc thi mà thí sinh thấy",
  ready: "Mọi việc đã sẵn sàng.",
  notReady: (n) => `Còn ${n} việc chưa xong.`,
  faults: (errors, warnings) => [errors && `${errors} chỗ phải sửa`, warnings && `${warnings} chỗ nên xem lại`].filter(Boolean).join(", ") || "Không có lỗi",
  ago: (moment, span) => `${moment}, cách đây ${span}`,
  proposal: {
    kind: { decisions: "Xử lý kết quả", reset: "Đặt lại mật khẩu cho thí sinh", unit: "Sửa đơn vị của thí sinh", roles: "Đổi quyền Thường trực", plan: "Đổi kế hoạch", bank: "Thay ngân hàng câu hỏi", extension: "Gia hạn vòng thi" },
    waits: { computing: "đang tính thử", preview: "chờ tính thử", you: "chờ bạn duyệt", others: "chờ người khác duyệt", effect: "đã duyệt, sắp có hiệu lực" },
    line: (kind, reason, name, moment, waits) => `${kind}: ${reason} ${name}, ${moment}${waits ? `; ${waits}` : ""}.`,
    someone: "Người đã rời Ban Tổ chức",
    open: "Xem đề nghị",
    openOf: (reason) => `Xem đề nghị: ${reason}`,
  },
  asOf: (moment) => `Cập nhật lúc ${moment}`,
  erases: (moment) => `Dữ liệu cá nhân của thí sinh tự xóa lúc ${moment}, theo kế hoạch. Kết quả đã công bố, tệp đã nạp và văn bản thì còn.`,
  erased: (moment) => `Dữ liệu cá nhân của thí sinh đã tự xóa từ ${moment}. Kết quả đã công bố, tệp đã nạp và văn bản thì còn.`,
};

export const enrolWords = {
  recognized: "Mã trên phiếu cấp quyền đã được điền. Hãy đặt tên đăng nhập và mật khẩu.",
  haveSlip: "Nhập mã trên phiếu cấp quyền, rồi đặt tên đăng nhập và mật khẩu.",
  enterSlip: "Nhập mã trên phiếu cấp quyền",
  enterName: "Nhập họ và tên như đồng nghiệp vẫn gọi",
  enterLogin: "Nhập tên đăng nhập, ví dụ nguyen.hoa",
  enterSecret: "Đặt mật khẩu có ít nhất 15 ký tự",
  enterCode: "Nhập mã 6 số ứng dụng đang hiện",
};

export const cardWords = {
  owner: (login) => `Tên đăng nhập: ${login}`,
  file: (login, codes) => `Thẻ dự phòng của ${login}. Mỗi mã dùng một lần, thay cho mã trong ứng dụng.\n${codes.map((code, n) => `${n + 1}. ${code}`).join("\n")}\n`,
};

// How the platform is.
export const healthWords = {
  well: "Hệ thống chạy bình thường: không vòng thi nào chậm.",
  starting: "Chưa rà soát lần nào. Hệ thống chạy đã quá mười lăm phút mà còn dòng này thì báo Kỹ thuật.",
  look: "Có việc cần Kỹ thuật xem ngay. Không tự sửa bằng tay: hệ thống làm tiếp việc dở mỗi năm phút.",
  swept: {
    "close-round": (at, isLate) => `Rà soát việc đóng vòng thi: lần cuối lúc ${at}${isLate ? ", đã quá mười lăm phút" : ""}.`,
    "publish-results": (at, isLate) => `Rà soát việc công bố: lần cuối lúc ${at}${isLate ? ", đã quá mười lăm phút" : ""}.`,
  },
  never: {
    "close-round": "Rà soát việc đóng vòng thi: chưa chạy lần nào.",
    "publish-results": "Rà soát việc công bố: chưa chạy lần nào.",
  },
  late: (contest, round, phase, since) => `${contest}, vòng ${round}: ${phase}, lẽ ra xong từ ${since}.`,
  phase: { open: "chưa đóng", closing: "đang đóng", shut: "đã đóng, chưa chốt bài", frozen: "đã chốt bài, chưa xếp hạng", ranked: "đã xếp hạng, chưa công bố" },
  open: "Mở cuộc thi này",
  asOf: (at) => `Xem lúc ${at}.`,
  asOfAll: (at, count) => `Xem lúc ${at}; hệ thống có ${count} cuộc thi.`,
};
