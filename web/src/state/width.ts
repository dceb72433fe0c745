/** How wide pictures are drawn. */

const LEAST = 280;
const MOST = 560;
const AROUND = 66;

/** From here on a wide screen has two columns (styles/wide.css says the same), so wide in all, beside the tabs. */
const TWO_FROM = 1100;
const TWO = 1056;
const TABS = 208;
const BETWEEN = 24;
const MARGINS = 32;

/** Less wide than this is a phone: what comes after the week and the day is folded there (styles say the same). */
const ROOM_FROM = 620;

/** Return whether this window has room for what can be folded. */
export function hasRoom(): boolean {
  return innerWidth >= ROOM_FROM;
}

/** How a screen uses a wide window: not at all, with two cards side by side, or with one card across. */
export type Room = "column" | "two" | "across";

/** Return the width a chart is drawn for on a PAGE so wide: that of a card in its ROOM. */
export function chartWidth(page: number, room: Room = "column"): number {
  if (room !== "column" && page >= TWO_FROM) {
    const across = Math.min(page - TABS, TWO) - MARGINS;
    return Math.floor((room === "two" ? (across - BETWEEN) / 2 : across) - (AROUND - MARGINS));
  }
  return Math.max(LEAST, Math.min(page - AROUND, MOST));
}
