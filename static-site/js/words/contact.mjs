// Whom to ask about a contest.

export const contactWords = {
  label: "Liên hệ Ban Tổ chức: ",
  behind: (line) => ` ${contactWords.label}${line}.`,
};
