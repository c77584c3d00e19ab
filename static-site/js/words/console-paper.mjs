// What the page says on which a paper is seen as contestants get it.

export const paperWords = {
  noRound: "Chưa có vòng thi nào mà bạn xem đề được: trước giờ mở chỉ Tổ ra đề xem được.",
  seed: "Nhập số đề từ 0 đến 4294967295",
  shown: (round, seed, minutes) => `${round}, đề số ${seed}${minutes ? `, ${minutes} phút` : ", không giới hạn thời gian"}. Lần xem này có trong nhật ký.`,
  notOpen: "Vòng thi chưa mở: đề này còn là bí mật. Không chụp, không chép, không xem ở nơi có người khác.",
  isOpen: "Vòng thi đã mở: thí sinh nhận những đề rút từ cùng ngân hàng này.",
};
