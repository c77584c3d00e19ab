// What scripts say on correcting one's data, changing a secret and getting back what was lost.

export const ownAccountWords = {
  enter: {
    code: "Nhập mã trên phiếu",
    newSecret: "Đặt mật khẩu mới có ít nhất 8 ký tự",
    secret: "Nhập mật khẩu hiện nay",
  },
  contact: (name, ways) => `Liên hệ: ${name}${ways ? ` – ${ways}` : ""}.`,
  wrongSlip: "Mã trên phiếu chưa đúng, đã dùng hoặc đã hết hạn; hoặc không có tài khoản này. Xin kiểm tra lại cả hai mục.",
  slipUnknown: "Máy chủ không trả lời, nên chưa biết mật khẩu đã được đặt lại hay chưa. Hãy thử đăng nhập bằng mật khẩu mới; không được thì bấm lại.",
  wrongSecret: "Mật khẩu hiện nay chưa đúng. Mật khẩu chưa được đổi.",
  changed: "Đã đổi mật khẩu. Mọi thiết bị khác đã bị đăng xuất; máy này vẫn đăng nhập.",
  changeUnknown: "Máy chủ không trả lời, nên chưa biết mật khẩu đã đổi hay chưa. Hãy bấm lại; nếu trang hỏi đăng nhập, hãy dùng mật khẩu mới.",
  saved: "Đã lưu thông tin mới.",
  nothingChanged: "Chưa có thông tin nào thay đổi.",
  unitUntil: (time) => `Đơn vị sửa được trước ${time}.`,
  unitOver: (time) => `Hạn sửa đơn vị đã hết lúc ${time}. Nếu đơn vị sai, hãy báo Ban Tổ chức.`,
  reachUntil: (what, time) => `${what} sửa được trước ${time}.`,
  reachOver: (what, time) => `Hạn sửa ${what} đã hết lúc ${time}.`,
  reach: { phone: "số điện thoại", email: "thư điện tử", both: "số điện thoại và thư điện tử" },
  phoneHint: (last3) => (last3 ? `Số đang dùng kết thúc bằng ${last3}. Để trống nếu không đổi.` : "Để trống nếu không đổi."),
};
