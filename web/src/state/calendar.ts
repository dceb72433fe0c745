/** Days in rows: weeks as they are laid out, months as they hang on a wall. No rule of rehab stands here. */
import type { Change, Goal, Kind, Moves } from "../api/outlook";
import type { PlanDay } from "../api/types";

const DAYS = 7;
const KINDS: Kind[] = ["run", "strength", "cross"];
const DAY_MS = 24 * 60 * 60 * 1000;

/** Return the day that it is here (ISO). */
export function today(now = new Date()): string {
  return [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
}

/** Return the day so many days after ON. */
export function after(on: string, days: number): string {
  return new Date(Date.parse(`${on}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Return what stands on a day. */
export function kindsOf(day: PlanDay): Kind[] {
  return KINDS.filter((kind) => day[kind]);
}

/** Return the laid-out days from today on, seven in a row. */
export function weeksOf(days: readonly PlanDay[], from: string): PlanDay[][] {
  const ahead = days.filter((day) => day.on >= from);
  return Array.from({ length: Math.ceil(ahead.length / DAYS) }, (_, at) => ahead.slice(at * DAYS, (at + 1) * DAYS));
}

/** Return the weeks of a MONTH ("2026-11") whole, with the days around it that fill them. */
export function monthOf(month: string, starts: "monday" | "sunday"): string[][] {
  const first = `${month}-01`;
  const weekday = new Date(`${first}T00:00:00Z`).getUTCDay(); // 0 is Sunday
  const begin = after(first, -(starts === "monday" ? (weekday + 6) % DAYS : weekday));
  const rows: string[][] = [];
  for (let at = begin; at <= first || at.startsWith(month); at = after(at, DAYS)) {
    rows.push(Array.from({ length: DAYS }, (_, place) => after(at, place)));
  }
  return rows;
}

/** Return the month so many months after MONTH. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** Return the days on which proposed changes would put something else. */
export function touched(changes: readonly Change[]): Set<string> {
  const found = new Set<string>();
  for (const { before, after: next } of changes) {
    const was = new Map((before.days ?? []).map((day) => [day.on, kindsOf(day).join()]));
    for (const day of next.days ?? []) {
      if (was.has(day.on) && was.get(day.on) !== kindsOf(day).join()) found.add(day.on);
    }
  }
  return found;
}

/** Return what Python says of the day ON as the goal of a session of that KIND; null where it said nothing. */
export function goalOf(moves: Moves | null, kind: Kind | "all", on: string): Goal | null {
  return moves?.moves.find((each) => each.kind === kind)?.days.find((day) => day.on === on) ?? null;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
