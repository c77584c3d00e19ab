// Exact fractions, shared ranks and stocks of prizes (docs/TRUST.md): what is ranked in rounds and over the contest.

const gcd = (a, b) => (b === 0n ? a : gcd(b, a % b));
export const fraction = (top, bottom) => ({ top: BigInt(top), bottom: BigInt(bottom) });
export const compareFractions = (a, b) => bySize(a.top * b.bottom, b.top * a.bottom);
export const bySize = (a, b) => (a < b ? -1 : Number(a > b));

export function sum(a, b) {
  const top = a.top * b.bottom + b.top * a.bottom;
  const bottom = a.bottom * b.bottom;
  const divisor = gcd(top, bottom) || 1n;
  return { top: top / divisor, bottom: bottom / divisor };
}

export function twoDecimals({ top, bottom }, rounding = "truncate") {
  const cents = rounding === "half_up" ? (top * 200n + bottom) / (bottom * 2n) : (top * 100n) / bottom;
  return `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;
}

/** A whole ratio is a number, any other text with two decimals, cut. */
export const wire = (ratio) => (ratio.top % ratio.bottom === 0n ? Number(ratio.top / ratio.bottom) : twoDecimals(ratio));

/** 1-2-2-4 on items sorted by `order`. */
export function shareRanks(items, order) {
  items.forEach((item, place) => {
    const above = items[place - 1];
    item.rank = above && order(above, item) === 0 ? above.rank : place + 1;
  });
}

export function groupsOf(items) {
  const groups = [];
  for (const item of items) {
    if (groups.at(-1)?.[0].rank === item.rank) groups.at(-1).push(item);
    else groups.push([item]);
  }
  return groups;
}

export const stockOf = (tiers) => tiers.flatMap((tier) => Array(tier.count).fill(tier));
export const leftOfFirst = (stock) => stock.findLastIndex((tier) => tier === stock[0]) + 1;
