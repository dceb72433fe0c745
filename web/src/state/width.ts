/** How wide pictures are drawn. */

const LEAST = 280;
const MOST = 560;
const AROUND = 66;

/** From here on a wide screen has two columns (the styles say the same), so wide in all, beside the tabs. */
const TWO_FROM = 1200;
const TWO = 1056;
const TABS = 208;
const BETWEEN = 24;
const MARGINS = 32;

/** Return the width a chart is drawn for on a PAGE so wide: that of a card in the column, in TWO columns where there is room. */
export function chartWidth(page: number, two = false): number {
  if (two && page >= TWO_FROM) {
    const column = (Math.min(page - TABS, TWO) - MARGINS - BETWEEN) / 2;
    return Math.floor(column - (AROUND - MARGINS));
  }
  return Math.max(LEAST, Math.min(page - AROUND, MOST));
}
