// Days that come without a time, as yyyy-mm-dd, as people here read them.

export const dayOf = (written) => written.split("-").reverse().join("/");
