//! The report on published files: what holds, what does not, and what cannot be looked into.

sentences! {
    // Any file.
    unreadable(error): "không đọc được: {error}";
    malformed(error): "không đúng định dạng: {error}";
    line(number, detail): "dòng {number}: {detail}";
    // A round and its versions.
    not_published(contest, round): "{contest} / {round}: chưa công bố";
    pointer_holds(version, count): "con trỏ chỉ vào phiên bản {version}, lịch sử có {count} phiên bản";
    files_hold(version, count): "v{version}: mã băm của manifest và của {count} tệp";
    changed(what, frozen): "{what} khác với lúc khóa sổ ({frozen})";
    ledger_holds(count): "sổ có {count} bài, cây băm và chữ ký của checkpoint";
    // Figures.
    ranking_holds(count): "điểm, thứ hạng của {count} người";
    units_hidden(count): "đơn vị của {count} người được giấu: bảng đơn vị không tính lại được";
    results_hold(count): "số liệu, số thực tế của dự đoán, {count} giải thưởng";
    earlier_round_missing(round): "vòng {round} không có ở đây: không kiểm tra được ai đã có giải";
    not_in_key(question): "{question} không có trong đáp án";
    computed_differs(number, told, computed): "dòng {number}: công bố «{told}», tính lại «{computed}»";
    ranked_on_ledger(count): "bài tính điểm của {count} người đều có trong sổ";
    // Over a contest.
    over_contest(contest): "{contest} / toàn cuộc thi";
    not_followed(round, version): "nêu {round} v{version} không có trong lịch sử của vòng, hoặc với mã băm khác";
    standings_hold(count): "bảng toàn cuộc thi sau {count} vòng đã công bố";
    overall_holds(version, people, units): "toàn cuộc thi v{version}: {people} người được xếp hạng, {units} bảng đơn vị";
    // A receipt.
    receipt_of(contest, round): "thuộc về {contest} / {round}, không phải nơi này";
    not_counted(pseudonym, attempt): "không có bài của {pseudonym} lượt {attempt} dù biên nhận đã ký";
    counted(line): "bài thi của biên nhận nằm ở dòng {line} của sổ, đúng như đã nộp";
}

// Any file.
pub const NO_FILE: &str = "không có tệp này";
pub const MALFORMED: &str = "không đúng định dạng";
pub const NOT_CANONICAL: &str = "không ở dạng chuẩn";
pub const NOT_UTF8: &str = "không phải văn bản UTF-8";
pub const NOT_OF_ROUND: &str = "không phải của vòng thi này";
pub const BAD_SIGNATURE: &str = "chữ ký không đúng với khóa công khai";
pub const OTHER_ROOT: &str = "gốc cây băm khác với sổ";

// The pointer of a round, and its manifests.
pub const BAD_ID: &str = "mã không đúng dạng";
pub const NO_VERSION: &str = "không có phiên bản nào";
pub const OTHER_STATUS: &str = "trạng thái khác với results.json";
pub const EMPTY_HISTORY: &str = "lịch sử trống";
pub const HISTORY_NUMBERS: &str = "lịch sử không đánh số liên tiếp từ 1";
pub const POINTER_IS_NOT_LAST: &str = "con trỏ không trùng với dòng cuối của lịch sử";
pub const OTHER_MANIFEST: &str = "mã băm khác với con trỏ";
pub const NOT_OF_VERSION: &str = "không phải của vòng thi hay phiên bản này";
pub const NOT_LINKED: &str = "không nối với phiên bản trước";
pub const OTHER_HISTORY: &str = "lịch sử hoặc lý do khác với con trỏ";
pub const OTHER_FILE: &str = "mã băm hoặc độ dài khác với manifest.json";
pub const NOT_IN_MANIFEST: &str = "không có trong manifest.json";
pub const OTHER_RULES: &str = "mã băm của thể lệ khác với contest.json";
pub const OTHER_LEDGER: &str = "khác với sổ của phiên bản trước";
pub const OTHER_LOTS: &str = "khác với lần bốc thăm trước";
pub const BAD_FOLLOWS: &str = "follows không nêu đúng các vòng trước";

// The contest as it was frozen.
pub const CONTEST_HOLDS: &str = "thể lệ, khóa công khai và cam kết đáp án như đã công bố từ trước";
pub const BAD_PUBLIC_KEY: &str = "khóa công khai không đúng";
pub const UNREADABLE_RULES_TEXT: &str = "thể lệ không đọc được";
pub const BAD_RULES_HASH: &str = "mã băm của thể lệ không đúng";
pub const UNREADABLE_RULES: &str = "không đọc được thể lệ";
pub const ROUND: &str = "vòng thi";
pub const NOT_OF_CONTEST: &str = "không phải của cuộc thi này";
pub const NO_ROUND: &str = "không có vòng thi này";
pub const BAD_UNITS: &str = "cây đơn vị không đúng";
pub const UNITS_CHANGED: &str = "đơn vị khác với lúc mở vòng thi đầu tiên";
pub const UNIT_ADDED_BEFORE: &str = "có đơn vị ghi là thêm vào trước khi mở vòng thi đầu tiên";

// The ledger and its checkpoint.
pub const UNENDED_LINE: &str = "dòng cuối không kết thúc";
pub const OUT_OF_ORDER: &str = "không theo thứ tự mã công khai và lượt thi, hoặc lặp lại";
pub const OUT_OF_TIME: &str = "bài nộp ngoài giờ";
pub const TOO_MANY_ATTEMPTS: &str = "quá số lượt thi";
pub const TOO_MANY_OF_A_DAY: &str = "quá số lượt thi của một ngày";
pub const UNKNOWN_ZONE: &str = "không rõ múi giờ của cuộc thi";
pub const QUESTION_COUNT: &str = "số câu hỏi không đúng";
pub const UNKNOWN_UNIT: &str = "đơn vị không có trong contest.json";
pub const OTHER_CHECKPOINT: &str = "tên sổ, số bài hoặc gốc cây băm khác với sổ";

// The key.
pub const KEY_HOLDS: &str = "đáp án đúng với cam kết trước vòng thi";
pub const KEY_HIDDEN: &str = "thể lệ không công bố đáp án: điểm số không kiểm tra được";
pub const NO_BANK: &str = "vòng thi không có ngân hàng câu hỏi";
pub const KEY_NOT_COMMITTED: &str = "không mở được cam kết đã công bố trước vòng thi";
pub const REKEYED_UNKNOWN: &str = "đáp án sửa lại không có trong ngân hàng";

// Decisions.
pub const OTHER_DECISIONS: &str = "khác với các quyết định của phiên bản trước";
pub const SEVERAL_DECISIONS: &str = "có nhiều hơn một quyết định mới so với phiên bản trước";
pub const OTHER_REASON: &str = "lý do không phải lý do của quyết định";
pub const STATUS_NOT_DECIDED: &str = "trạng thái không theo các quyết định";
pub const KEY_NOT_DECIDED: &str = "câu đổi đáp án hoặc bị hủy không theo các quyết định";
pub const RANKED_NOT_DECIDED: &str = "được xếp hạng hay không, trái với các quyết định";

// Lots.
pub const LOTS_HOLD: &str = "giá trị bốc thăm đúng với các cam kết trước vòng thi";
pub const NO_LOTS: &str = "thể lệ không bốc thăm, hoặc sổ chưa được công bố";
pub const LOTS_NOT_COMMITTED: &str = "không mở được các cam kết đã công bố trước vòng thi";
pub const BAD_PUBLISHED_AT: &str = "giờ công bố không đúng dạng";
pub const OTHER_BEACON_ROUND: &str = "không phải lượt của drand đã ấn định";
pub const BAD_BEACON: &str = "chữ ký của drand không đúng";
pub const BEACON_AGAINST_RULES: &str = "số ngẫu nhiên công khai không theo thể lệ";

// Figures.
pub const UNITS_HOLD: &str = "bảng xếp hạng đơn vị";
pub const FEWER_REGISTERED: &str = "ít tài khoản hơn người dự thi";
pub const COLUMN_COUNT: &str = "số cột không đúng";
pub const OTHER_PEOPLE: &str = "không phải đúng những người có trong sổ, theo thứ tự";
pub const NOT_A_FLAG: &str = "không phải true hay false";
pub const NO_REGISTERED_AT: &str = "thiếu giờ đăng ký";
pub const BAD_PSEUDONYM: &str = "mã công khai không đúng";
pub const BAD_UNIT: &str = "mã đơn vị không đúng";
pub const OTHER_UNIT: &str = "đơn vị khác với sổ";
pub const OTHER_WINNERS: &str = "won_before không đúng với các vòng trước";
pub const NOT_ON_LEDGER: &str = "bài tính điểm không có trong sổ";
pub const END: &str = "(hết)";

// Over a contest.
pub const NO_STANDINGS: &str = "chưa có standings.json";
pub const NO_OVERALL: &str = "chưa có kết quả toàn cuộc thi";
pub const STANDINGS_BEHIND: &str = "standings.json còn theo phiên bản cũ của một vòng";
pub const OVERALL_BEHIND: &str = "kết quả toàn cuộc thi còn theo phiên bản cũ của một vòng";
pub const KEY_HIDDEN_OVER: &str = "có vòng không công bố đáp án: bảng toàn cuộc thi không tính lại được";
pub const UNITS_HIDDEN_OVER: &str = "đơn vị của có người được giấu: bảng đơn vị toàn cuộc thi không tính lại được";
pub const NOT_OF_ALL_ROUNDS: &str = "không theo đúng các vòng của cuộc thi, theo thứ tự";
pub const OVERALL_TOO_EARLY: &str = "có kết quả toàn cuộc thi khi thể lệ không có, hoặc trước khi công bố mọi vòng";
pub const STATUS_NOT_OF_ROUNDS: &str = "trạng thái không theo các vòng đã công bố";
pub const NOT_NEWER: &str =
    "không theo phiên bản vòng nào mới hơn, cũng không thêm một quyết định hay một lần bốc thăm so với phiên bản trước";
pub const REASON_NOT_OF_ROUNDS: &str = "lý do không phải lý do của các vòng, của quyết định hay của việc bốc thăm";
pub const LEDGER_OVER: &str = "có gốc cây băm dù không có sổ";

// A receipt.
pub const RECEIPT: &str = "biên nhận";
pub const NO_RECEIPT: &str = "tệp này không phải biên nhận bài thi";
pub const CUT_RECEIPT: &str = "biên nhận chép chưa đủ: thiếu một dòng hoặc thiếu phần cuối; hãy chép lại từ dòng \
                               hoithi/receipt/1 đến hết dòng chữ ký";
pub const RECEIPT_SIGNED: &str = "chữ ký của biên nhận";
pub const OTHER_RECEIVED_AT: &str = "giờ nộp khác biên nhận";
pub const OTHER_SUBMISSION: &str = "bài thi khác với cam kết trong biên nhận";
