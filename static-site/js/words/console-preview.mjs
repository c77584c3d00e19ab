// What the console says around the contest's page that it shows before contestants see it.

export const previewWords = {
  registration: (opens, closes, mode) => `${mode === "roster" ? "Chỉ người có tên trong danh sách dự thi đăng ký được" : "Ai đủ điều kiện cũng đăng ký được"}, từ ${opens} đến ${closes}.`,
  field: {
    full_name: "Họ và tên",
    birth_date: "Ngày sinh",
    citizen_id: "Số căn cước",
    phone: "Số điện thoại",
    unit: "Đơn vị",
    gender: "Giới tính",
    email: "Thư điện tử",
    address: "Địa chỉ",
    occupation: "Nghề nghiệp",
  },
};
