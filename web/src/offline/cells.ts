/** The table of verdicts that Python made, read cell by cell. Nothing is decided here. */
import type { Level, Referral, Today } from "../api/types";

interface Axis {
  finding: string;
  /** A second finding whose state stands behind a bar: "ibuprofen|over_12". */
  with?: string;
  /** A group may hold "": the question was left open. */
  groups: string[][];
}

export interface Ahead {
  etag: string;
  axes: Axis[];
  /** A day whose first hours only Python can judge has the moment FROM which its cells speak (ISO). */
  days: { on: string; from?: string | null; cells: string }[];
  verdicts: Today[];
}

const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const WIDTH = 2;
const OPEN = "";

/** From the mildest on. */
const LEVELS: readonly Level[] = ["self_care", "routine", "within_days", "same_day", "emergency"];

/** Read one cell of the table for the day ON, AT a moment of it; null where it does not speak of these answers or then. */
export function lookUp(ahead: Ahead, states: Record<string, string>, on: string, at = new Date()): Today | null {
  const day = ahead.days.find((each) => each.on === on);
  if (day === undefined || (day.from && at < new Date(day.from))) return null;
  const { cells } = day;
  const spoken = new Set<string>();
  let index = 0;
  for (const axis of ahead.axes) {
    const place = placeOn(axis, states);
    if (place < 0) return null;
    spoken.add(axis.finding);
    if (axis.with) spoken.add(axis.with);
    index = index * axis.groups.length + place;
  }
  if (Object.keys(states).some((finding) => !spoken.has(finding))) return null;
  const [high, low] = [cells[WIDTH * index], cells[WIDTH * index + 1]];
  if (high === undefined || low === undefined) return null;
  return ahead.verdicts[SIGNS.indexOf(high) * SIGNS.length + SIGNS.indexOf(low)] ?? null;
}

function placeOn(axis: Axis, states: Record<string, string>): number {
  const state = states[axis.finding] ?? (axis.groups.some((group) => group.includes(OPEN)) ? OPEN : "unknown");
  const second = axis.with ? states[axis.with] : undefined;
  const whole = second === undefined ? state : `${state}|${second}`;
  return axis.groups.findIndex((group) => group.includes(whole));
}

/** Return the most urgent of what was SAID of some check-ins: a milder one that was told first hides none. */
export function gravest(said: readonly (Referral | null | undefined)[]): Referral | null {
  const found = said.filter((each) => each != null);
  const place = (each: Referral) => LEVELS.indexOf(each.level);
  return found.reduce<Referral | null>((most, each) => (most && place(most) > place(each) ? most : each), null);
}
