// What scripts say on registering, signing in and erasing an account.

export const accountWords = {
  field: {
    full_name: "Nhập họ và tên",
    birth_date: "Nhập ngày sinh đủ ngày, tháng, năm, ví dụ 27 3 1990",
    citizen_id: "Nhập số căn cước gồm 12 chữ số",
    phone: "Nhập số điện thoại, ví dụ 0912 345 678",
    unit: "Chọn đơn vị của bạn",
    unit_basis: "Chọn bạn dự thi theo nơi công tác hay nơi cư trú",
    gender: "Chọn giới tính",
    email: "Nhập địa chỉ thư điện tử, ví dụ ten@vidu.vn",
    address: "Nhập địa chỉ",
    occupation: "Nhập nghề nghiệp",
    secret: "Đặt mật khẩu có ít nhất 8 ký tự",
    consent: "Đánh dấu vào ô đồng ý thì mới đăng ký được",
    "consent.guardian": "Người chưa đủ tuổi cần cha, mẹ hoặc người giám hộ đồng ý",
    signInSecret: "Nhập mật khẩu",
  },
  identifier: { citizen_id: "số căn cước", phone: "số điện thoại", email: "thư điện tử", code: "mã dự thi" },
  enter: (what) => `Nhập ${what}`,
  or: "hoặc",
  tryOther: (others) => `Trong lúc chờ, bạn có thể đăng nhập bằng ${others}.`,
  showSecret: "Hiện mật khẩu",
  hideSecret: "Ẩn mật khẩu",
  guardian: (age) => `Người dự thi chưa đủ ${age} tuổi: tôi là cha, mẹ hoặc người giám hộ và đồng ý cho con, em dự thi.`,
  unitsFound: (n) => (n === 0 ? "Không có đơn vị nào khớp. Thử gõ ít chữ hơn." : `${n} đơn vị khớp. Chọn trong danh sách bên dưới.`),
  chooseUnit: "– Chọn đơn vị –",
  otherUnits: "Đơn vị",
  codeFile: (contest, code) => `${contest}\nMã dự thi: ${code}\nGiữ mã này để đăng nhập và thi các vòng sau.\n`,
};

export const eraseWords = {
  enterSecret: "Nhập mật khẩu của bạn",
  wrongSecret: "Mật khẩu chưa đúng. Tài khoản chưa bị xóa.",
  unknown: "Máy chủ không trả lời, nên chưa biết tài khoản đã được xóa hay chưa. Hãy bấm lại.",
};
