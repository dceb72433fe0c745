/** How wide pictures are drawn. */

const LEAST = 280;
const MOST = 560;
const AROUND = 66;

/** Return the width a chart is drawn for on a PAGE so wide: that of a card in the column. */
export function chartWidth(page: number): number {
  return Math.max(LEAST, Math.min(page - AROUND, MOST));
}
