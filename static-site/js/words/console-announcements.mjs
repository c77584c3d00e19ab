// What the console says of the announcements of a contest.

export const announcementWords = {
  head: ["Ngày", "Nội dung"],
  none: "Chưa có thông báo nào.",
  enter: "Viết nội dung thông báo",
  removeOf: (text) => `Gỡ thông báo: ${text}`,
  judging: "Đã gửi. Máy đang ghi lên trang cuộc thi…",
  posted: "Đã đăng. Ai mở trang cuộc thi từ bây giờ đều thấy.",
  postedToDraft: "Đã ghi. Cuộc thi còn là bản nháp: thông báo hiện ra cùng lúc với trang cuộc thi.",
  removed: "Đã gỡ. Nội dung vẫn ở ô bên trên, nếu muốn sửa rồi đăng lại.",
  changed: "Người khác vừa sửa danh sách thông báo. Chưa ghi gì: xem danh sách mới ở trên rồi bấm lại.",
  still: "Máy chưa ghi xong. Tải lại trang sau một phút để xem.",
};
