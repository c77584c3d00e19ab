//! Headers of uploaded tables: how each column is asked for, and by what else it is understood.

/// The header of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Name of the column in the program.
    pub key: &'static str,
    /// As it is asked for in reports.
    pub shown: &'static str,
    /// Every header that is understood: small letters without marks, as the importer compares them.
    pub names: &'static [&'static str],
}

const fn header(key: &'static str, shown: &'static str, names: &'static [&'static str]) -> Header {
    Header { key, shown, names }
}

/// Banks of questions.
pub mod bank {
    use super::{Header, header};

    macro_rules! option {
        ($letter:literal, $number:literal, $shown:literal) => {
            header(
                $letter,
                $shown,
                &[
                    $letter,
                    concat!("phuong an ", $letter),
                    concat!("option ", $letter),
                    concat!("lua chon ", $letter),
                    concat!("cau tra loi ", $letter),
                    concat!("dap an ", $letter),
                    concat!("answer ", $letter),
                    concat!("pa ", $letter),
                    concat!("phuong an ", $number),
                    concat!("option ", $number),
                    concat!("lua chon ", $number),
                    concat!("cau tra loi ", $number),
                    concat!("dap an ", $number),
                    concat!("answer ", $number),
                    concat!("pa ", $number),
                ],
            )
        };
    }

    /// The number of a question.
    pub const NUMBER: Header = header("id", "STT", &["stt", "id", "so thu tu", "tt", "ma cau hoi", "no"]);
    /// What is asked.
    pub const QUESTION: Header =
        header("question", "Câu hỏi", &["cau hoi", "question", "noi dung cau hoi", "noi dung", "question text"]);
    /// The options, in the order of their letters.
    pub const OPTIONS: [Header; 6] = [
        option!("a", "1", "A"),
        option!("b", "2", "B"),
        option!("c", "3", "C"),
        option!("d", "4", "D"),
        option!("e", "5", "E"),
        option!("f", "6", "F"),
    ];
    /// The right options.
    pub const ANSWER: Header = header(
        "answer",
        "Đáp án",
        &["dap an", "answer", "dap an dung", "da", "correct answer", "phuong an dung", "cau tra loi dung"],
    );
    /// Topic for quotas.
    pub const TOPIC: Header = header("topic", "Chủ đề", &["chu de", "topic", "chuyen de", "linh vuc"]);
    /// How hard a question is.
    pub const LEVEL: Header = header("level", "Mức độ", &["muc do", "level"]);
    /// Why the right options are right.
    pub const EXPLANATION: Header =
        header("explanation", "Giải thích", &["giai thich", "explanation", "answer explanation", "giai thich dap an"]);
    /// The document and article.
    pub const SOURCE: Header = header("source", "Nguồn", &["nguon", "source", "nguon trich dan"]);
    /// Whether the options keep their order.
    pub const FIXED_ORDER: Header =
        header("fixed_order", "Giữ thứ tự", &["giu thu tu", "fixed_order", "fixed order", "khong xao tron"]);
    /// What the column of fixed orders may hold, as it is asked for.
    pub const FIXED_ORDER_WORDS: [&str; 3] = ["x", "có", "không"];

    /// The options of a sentence that other programs ask to be called true or false.
    pub const TRUE: &str = "Đúng";
    pub const FALSE: &str = "Sai";
}

/// Units.
pub mod units {
    use super::{Header, header};

    /// The unit's code.
    pub const CODE: Header = header("code", "Mã", &["ma", "code", "ma don vi"]);
    /// Its name.
    pub const NAME: Header = header("name", "Tên", &["ten", "name", "ten don vi"]);
    /// Code of the unit above.
    pub const PARENT: Header = header(
        "parent",
        "Đơn vị cấp trên",
        &["don vi cap tren", "parent", "cap tren", "ma don vi cap tren", "truc thuoc"],
    );
    /// Word of its level.
    pub const LEVEL: Header = header("level", "Cấp", &["cap", "level"]);
    /// How many people it has.
    pub const MEMBERS: Header =
        header("members", "Số thành viên", &["so thanh vien", "members", "so can bo dang vien", "bien che"]);
}

/// Lists of people.
pub mod people {
    use super::{Header, header};

    pub const FULL_NAME: Header = header("full_name", "Họ và tên", &["ho va ten", "full_name", "full name", "ho ten"]);
    pub const BIRTH_DATE: Header = header("birth_date", "Ngày sinh", &["ngay sinh", "birth_date", "birth date"]);
    /// Number of the citizen id.
    pub const CITIZEN_ID: Header = header(
        "citizen_id",
        "Căn cước",
        &[
            "can cuoc",
            "citizen_id",
            "citizen id",
            "cccd",
            "so can cuoc",
            "can cuoc cong dan",
            "so cccd",
            "so dinh danh",
        ],
    );
    /// Telephone number.
    pub const PHONE: Header = header("phone", "Điện thoại", &["dien thoai", "phone", "so dien thoai", "sdt"]);
    /// Code or name of the unit.
    pub const UNIT: Header = header("unit", "Đơn vị", &["don vi", "unit", "ma don vi"]);
    pub const CODE: Header = header("code", "Mã dự thi", &["ma du thi", "code"]);
    /// What somebody does for the contest.
    pub const ROLE: Header = header("role", "Vai trò", &["vai tro", "role", "chuc vu", "nhiem vu"]);
}

/// Decisions about closed rounds.
pub mod adjudications {
    use super::{Header, header};
    use contest::decision::ActionKind;

    pub const CONTESTANT: Header =
        header("contestant", "Mã dự thi", &["ma du thi", "contestant", "thi sinh", "ma thi sinh", "ma cong khai"]);
    pub const ROUND: Header = header("round", "Vòng", &["vong", "round", "vong thi", "ma vong"]);
    /// One attempt of a person.
    pub const ATTEMPT: Header = header("attempt", "Lượt", &["luot", "attempt", "luot thi"]);
    pub const ACTION: Header = header("action", "Xử lý", &["xu ly", "action", "hinh thuc xu ly"]);
    pub const QUESTION: Header = header("question", "Câu", &["cau", "question", "cau hoi"]);
    /// The right options from now on.
    pub const ANSWER: Header = header("answer", "Đáp án", &["dap an", "answer", "dap an dung"]);
    /// Place among equals.
    pub const PLACE: Header = header("place", "Thứ tự", &["thu tu", "place"]);
    pub const REASON: Header = header("reason", "Lý do", &["ly do", "reason"]);
    /// Number of the decision.
    pub const NUMBER: Header = header("decision", "Quyết định", &["quyet dinh", "decision", "so quyet dinh"]);
    /// Day of the decision.
    pub const DECIDED_ON: Header =
        header("decided_on", "Ngày", &["ngay", "decided_on", "decided on", "ngay quyet dinh"]);

    /// What stands for the contest as a whole in the column of rounds, besides its identifier, as search keys.
    pub const OVERALL: [&str; 2] = ["toan cuoc thi", "ca cuoc thi"];

    /// What the column of actions may hold besides the words of the contract, as headers are compared.
    pub const ACTIONS: [(ActionKind, &[&str]); 7] = [
        (ActionKind::Disqualify, &["loai", "huy ket qua"]),
        (ActionKind::Reinstate, &["khoi phuc", "cong nhan lai"]),
        (ActionKind::Void, &["huy cau", "huy cau hoi"]),
        (ActionKind::Rekey, &["sua dap an", "doi dap an"]),
        (ActionKind::Order, &["xep thu tu", "thu tu"]),
        (ActionKind::Forfeit, &["khong nhan giai", "mat giai"]),
        (ActionKind::Recognize, &["cong nhan", "cong nhan ket qua"]),
    ];
}

/// Announcements on the page of the contest.
pub mod announcements {
    use super::{Header, header};

    /// The day that stands before the text.
    pub const DAY: Header = header("date", "Ngày", &["ngay", "date", "ngay thong bao"]);
    /// What is announced.
    pub const TEXT: Header = header("text", "Nội dung", &["noi dung", "text", "thong bao", "noi dung thong bao"]);
}

/// Values of witnesses.
pub mod reveals {
    use super::{Header, header};

    /// The round of the draw.
    pub const ROUND: Header = header("round", "Vòng", &["vong", "round", "vong thi", "ma vong"]);
    /// What opens a commitment.
    pub const VALUE: Header = header("value", "Giá trị", &["gia tri", "value"]);
}
