/** Python's verdicts for every possible check-in of the next days. The app looks one up and decides nothing. */
import type { Today } from "../api/types";
import { answerOf } from "./answers";
import { waiting } from "./outbox";

interface Axis {
  finding: string;
  /** A second finding whose state stands behind a bar: "ibuprofen|over_12". */
  with?: string;
  groups: string[][];
}

export interface Ahead {
  etag: string;
  axes: Axis[];
  days: { on: string; cells: string }[];
  verdicts: Today[];
}

const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const WIDTH = 2;
const PATH = "/today/ahead";

/** Fetch the table, so that it is there when the network is not. */
export function keepAhead(): Promise<unknown> {
  return answerOf<Ahead>(PATH).catch(() => undefined);
}

/** Return Python's verdict for STATES told today, or null: then only Python itself can say. */
export async function verdictAhead(states: Record<string, string>, on = today()): Promise<Today | null> {
  const kept = await answerOf<Ahead>(PATH).catch(() => null);
  if (!kept || waiting.value.filter((letter) => !letter.refused).length > 1) return null;
  return lookUp(kept.answer, states, on);
}

/** Read one cell of the table; null where the table does not speak of these answers or this day. */
export function lookUp(ahead: Ahead, states: Record<string, string>, on: string): Today | null {
  const cells = ahead.days.find((day) => day.on === on)?.cells;
  if (cells === undefined) return null;
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
  const state = states[axis.finding] ?? "unknown";
  const second = axis.with ? states[axis.with] : undefined;
  const whole = second === undefined ? state : `${state}|${second}`;
  return axis.groups.findIndex((group) => group.includes(whole));
}

function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
