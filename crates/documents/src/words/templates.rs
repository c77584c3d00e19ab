//! What stands in the files that organizers begin from: headers, a note on each, and invented examples.

use crate::words::import::headers::{Header, adjudications, bank, people, units};

/// A table to fill in.
pub(crate) struct TableTemplate {
    /// Name of the file, as it is uploaded.
    pub(crate) file: &'static str,
    /// Of the file and of its sheet.
    pub(crate) title: &'static str,
    pub(crate) columns: &'static [ColumnTemplate],
    /// Examples; a cell may be empty.
    pub(crate) rows: &'static [&'static [&'static str]],
}

/// A column of it.
pub(crate) struct ColumnTemplate {
    pub(crate) header: Header,
    /// In characters.
    pub(crate) width: f64,
    /// Shown by whoever points at the header.
    pub(crate) note: &'static str,
    /// Whether numbers stand in it. Everything else is text, so that a spreadsheet program leaves it as it is typed.
    pub(crate) is_figure: bool,
    /// Words to choose from; others are read, too.
    pub(crate) choices: &'static [&'static str],
}

const fn text(header: Header, width: f64, note: &'static str) -> ColumnTemplate {
    ColumnTemplate { header, width, note, is_figure: false, choices: &[] }
}

const fn figure(header: Header, width: f64, note: &'static str) -> ColumnTemplate {
    ColumnTemplate { is_figure: true, ..text(header, width, note) }
}

const fn chosen(header: Header, width: f64, note: &'static str, choices: &'static [&'static str]) -> ColumnTemplate {
    ColumnTemplate { choices, ..text(header, width, note) }
}

const OPTION: &str = "Một phương án. Ô đã để dạng văn bản: 2/9, 1.000 hay 50% giữ nguyên như gõ.";

pub(crate) const TABLES: &[TableTemplate] = &[
    TableTemplate {
        file: "bank.xlsx",
        title: "Ngân hàng câu hỏi",
        columns: &[
            figure(bank::NUMBER, 6.0, "Số thứ tự của câu. Có thể để trống."),
            text(bank::QUESTION, 46.0, "Nội dung câu hỏi. Mỗi câu một dòng. Xóa các câu ví dụ trước khi nạp."),
            text(bank::OPTIONS[0], 18.0, OPTION),
            text(bank::OPTIONS[1], 18.0, OPTION),
            text(bank::OPTIONS[2], 18.0, "Để trống nếu câu chỉ có hai phương án."),
            text(bank::OPTIONS[3], 18.0, "Cần thêm phương án thì chèn cột E, F bên phải cột này."),
            text(bank::ANSWER, 10.0, "Chữ cái của phương án đúng, ví dụ B. Nhiều phương án đúng thì ghi A,C."),
            text(bank::TOPIC, 16.0, "Dùng khi đề lấy theo tỷ lệ từng chủ đề. Có thể để trống."),
            text(bank::LEVEL, 12.0, "Ví dụ: Dễ, Trung bình, Khó. Có thể để trống."),
            text(bank::EXPLANATION, 36.0, "Vì sao đúng; thí sinh đọc sau khi công bố. Có thể để trống."),
            text(bank::SOURCE, 26.0, "Văn bản, điều, khoản. Có thể để trống."),
            chosen(
                bank::FIXED_ORDER,
                12.0,
                "Ghi x nếu không được xáo trộn phương án, ví dụ câu có “Cả A và B”. Có thể để trống.",
                &["x"],
            ),
        ],
        rows: &[
            &[
                "1",
                "Thủ đô của nước Cộng hòa xã hội chủ nghĩa Việt Nam là thành phố nào?",
                "Huế",
                "Hà Nội",
                "Đà Nẵng",
                "Cần Thơ",
                "B",
                "Hiến pháp",
                "Dễ",
                "Điều 13 Hiến pháp năm 2013 quy định Thủ đô là Hà Nội.",
                "Hiến pháp năm 2013, Điều 13",
                "",
            ],
            &[
                "2",
                "Quốc khánh nước Cộng hòa xã hội chủ nghĩa Việt Nam là ngày nào?",
                "30/4",
                "1/5",
                "19/8",
                "2/9",
                "D",
                "Hiến pháp",
                "Dễ",
                "Quốc khánh là ngày Tuyên ngôn độc lập 2/9/1945.",
                "Hiến pháp năm 2013, Điều 13",
                "x",
            ],
            &[
                "3",
                "Quốc kỳ Việt Nam có những màu nào? (Chọn tất cả phương án đúng)",
                "Đỏ",
                "Xanh",
                "Vàng",
                "Trắng",
                "A,C",
                "Hiến pháp",
                "Trung bình",
                "Nền đỏ, ở giữa có ngôi sao vàng năm cánh.",
                "Hiến pháp năm 2013, Điều 13",
                "",
            ],
        ],
    },
    TableTemplate {
        file: "units.xlsx",
        title: "Danh sách đơn vị",
        columns: &[
            text(units::CODE, 16.0, "Mã riêng của đơn vị, không trùng nhau. Xóa các dòng ví dụ trước khi nạp."),
            text(units::NAME, 40.0, "Tên mà thí sinh thấy khi chọn đơn vị."),
            text(units::PARENT, 20.0, "Mã của đơn vị cấp trên. Đơn vị cao nhất thì để trống."),
            text(units::LEVEL, 12.0, "Một từ chỉ cấp, giống từ ghi trong kế hoạch khi thi đua theo cấp."),
            figure(units::MEMBERS, 16.0, "Số người của đơn vị, để tính tỷ lệ tham gia. Có thể để trống."),
        ],
        rows: &[
            &["tinh", "Tỉnh Thí Dụ", "", "tỉnh", ""],
            &["xa-mot", "Xã Số Một", "tinh", "xã", "1250"],
            &["xa-hai", "Xã Số Hai", "tinh", "xã", "980"],
            &["truong-mot", "Trường Trung học cơ sở Số Một", "xa-mot", "trường", "45"],
        ],
    },
    TableTemplate {
        file: "roster.xlsx",
        title: "Danh sách dự thi",
        columns: &[
            text(people::FULL_NAME, 28.0, "Họ và tên có dấu, như trên giấy tờ. Xóa các dòng ví dụ trước khi nạp."),
            text(people::BIRTH_DATE, 14.0, "Ngày/tháng/năm, ví dụ 15/03/1985."),
            text(people::CITIZEN_ID, 18.0, "12 chữ số, giữ số 0 ở đầu. Có thể để trống."),
            text(people::PHONE, 16.0, "Giữ số 0 ở đầu. Có thể để trống."),
            text(people::UNIT, 26.0, "Mã hoặc tên đơn vị, đúng như trong danh sách đơn vị."),
            text(people::CODE, 16.0, "Chữ hoa không dấu, số, dấu gạch ngang. Để trống thì hệ thống cấp mã."),
        ],
        rows: &[
            &["Nguyễn Văn Thí", "15/03/1985", "001085000001", "0912345678", "xa-mot", ""],
            &["Trần Thị Dụ", "02/09/1990", "001190000002", "", "xa-hai", ""],
            &["Lê Văn Thử", "30/11/2001", "", "0987654321", "xa-hai", ""],
        ],
    },
    TableTemplate {
        file: "excluded.xlsx",
        title: "Người không được dự thi",
        columns: &[
            text(people::FULL_NAME, 28.0, "Họ và tên. Xóa các dòng ví dụ trước khi nạp; danh sách được để trống."),
            text(
                people::CITIZEN_ID,
                18.0,
                "12 chữ số, giữ số 0 ở đầu. Cần số căn cước hoặc số điện thoại mới nhận ra được.",
            ),
            text(people::PHONE, 16.0, "Giữ số 0 ở đầu."),
            text(
                people::ROLE,
                36.0,
                "Vì sao không được dự thi: việc trong Ban Tổ chức, hoặc là người thân theo thể lệ.",
            ),
        ],
        rows: &[
            &["Phạm Văn Nháp", "001075000003", "", "Trưởng ban Tổ chức"],
            &["Hoàng Thị Mẫu", "", "0912345679", "Tổ ra đề"],
        ],
    },
    TableTemplate {
        file: "adjudications.xlsx",
        title: "Quyết định xử lý",
        columns: &[
            text(
                adjudications::CONTESTANT,
                16.0,
                "Mã dự thi hoặc mã công khai. Để trống nếu xử lý câu hỏi hoặc cả vòng. Xóa các dòng ví dụ trước khi nạp.",
            ),
            text(adjudications::ROUND, 14.0, "Mã hoặc tên vòng thi như trong kế hoạch."),
            text(adjudications::ATTEMPT, 8.0, "Số của lượt thi. Để trống là mọi lượt."),
            chosen(adjudications::ACTION, 18.0, "Chọn trong danh sách.", &ACTIONS),
            text(adjudications::QUESTION, 8.0, "Số của câu trong ngân hàng, khi hủy câu hoặc sửa đáp án."),
            text(adjudications::ANSWER, 10.0, "Chữ cái của phương án đúng từ nay, khi sửa đáp án."),
            text(adjudications::PLACE, 9.0, "Thứ tự trong nhóm đồng hạng, khi xếp thứ tự."),
            text(adjudications::REASON, 40.0, "Lý do, được công bố. Không ghi họ tên."),
            text(adjudications::NUMBER, 18.0, "Số quyết định. Bắt buộc khi công nhận kết quả."),
            text(adjudications::DECIDED_ON, 14.0, "Ngày quyết định: ngày/tháng/năm."),
        ],
        rows: &[
            &["SC7K2M9A", "tuan-1", "", "Loại", "", "", "", "Nhờ người khác làm bài", "45/QĐ-BTC", "22/12/2021"],
            &["", "tuan-1", "", "Hủy câu", "7", "", "", "Câu hỏi có hai cách hiểu", "45/QĐ-BTC", "22/12/2021"],
            &[
                "",
                "tuan-1",
                "",
                "Sửa đáp án",
                "9",
                "B",
                "",
                "Đáp án cũ căn cứ văn bản đã hết hiệu lực",
                "45/QĐ-BTC",
                "22/12/2021",
            ],
        ],
    },
];

/// One word for each action, as the importer reads it.
const ACTIONS: [&str; 7] = ["Loại", "Khôi phục", "Hủy câu", "Sửa đáp án", "Xếp thứ tự", "Không nhận giải", "Công nhận"];

/// Name of the document with a bank.
pub(crate) const BANK_DOCX: &str = "bank.docx";
/// Its title.
pub(crate) const BANK_TITLE: &str = "Ngân hàng câu hỏi";
/// In the margin above it, which nothing reads.
pub(crate) const BANK_NOTES: &[&str] = &[
    "Mẫu ngân hàng câu hỏi. Xóa các câu ví dụ rồi viết câu của mình; dòng chữ ở lề trên này không được đọc.",
    "Mỗi câu bắt đầu bằng “Câu 1:”, mỗi phương án một dòng bắt đầu bằng “A.”; đáp án ghi ở dòng “Đáp án:”. Dòng “Giải thích:” không bắt buộc.",
];

/// A question of it: what is asked, the options, the answer, why.
pub(crate) struct QuestionTemplate {
    pub(crate) question: &'static str,
    pub(crate) lines: &'static [&'static str],
}

pub(crate) const QUESTIONS: &[QuestionTemplate] = &[
    QuestionTemplate {
        question: "Câu 1: Thủ đô của nước Cộng hòa xã hội chủ nghĩa Việt Nam là thành phố nào?",
        lines: &[
            "A. Huế",
            "B. Hà Nội",
            "C. Đà Nẵng",
            "D. Cần Thơ",
            "Đáp án: B",
            "Giải thích: Điều 13 Hiến pháp năm 2013 quy định Thủ đô là Hà Nội.",
        ],
    },
    QuestionTemplate {
        question: "Câu 2: Quốc khánh nước Cộng hòa xã hội chủ nghĩa Việt Nam là ngày nào?",
        lines: &["A. 30/4", "B. 1/5", "C. 19/8", "D. 2/9", "Đáp án: D"],
    },
    QuestionTemplate {
        question: "Câu 3: Quốc kỳ Việt Nam có những màu nào? (Chọn tất cả phương án đúng)",
        lines: &["A. Đỏ", "B. Xanh", "C. Vàng", "D. Trắng", "Đáp án: A, C"],
    },
];
