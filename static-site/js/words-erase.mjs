// What scripts say while an account is erased.

export const eraseWords = {
  enterSecret: "Nhập mật khẩu của bạn",
  wrongSecret: "Mật khẩu chưa đúng. Tài khoản chưa bị xóa.",
  unknown: "Máy chủ không trả lời, nên chưa biết tài khoản đã được xóa hay chưa. Hãy bấm lại.",
};
