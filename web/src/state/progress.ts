/** What was done this week, of what the runner's own plan holds for it. Counting alone: no rule of rehab stands here. */
import type { PlanDay, Run } from "../api/types";
import { after } from "./calendar";

export interface Event {
  kind: string;
  at: string;
}

export interface Part {
  done: number;
  /** Null where the plan holds nothing of it this week. */
  planned: number | null;
}

export interface Week {
  sessions: Part;
  runs: Part;
  /** Minutes since the plan lays days out, against the most that it holds; null where it counts no minutes. */
  minutes: Part;
  checkins: Part;
}

const DAYS = 7;
const S_PER_MIN = 60;
const RUNNING = "running";

/** Return the first day of the week of ON. */
export function beginOf(on: string, starts: "monday" | "sunday"): string {
  const weekday = new Date(`${on}T00:00:00Z`).getUTCDay(); // 0 is Sunday
  return after(on, -(starts === "monday" ? (weekday + 6) % DAYS : weekday));
}

/** Count the days of the week of ON on which something was done, and those on which it is planned. */
export function weekOf(
  on: string,
  starts: "monday" | "sunday",
  days: readonly PlanDay[],
  runs: readonly Run[],
  events: readonly Event[],
): Week {
  const first = beginOf(on, starts);
  const last = after(first, DAYS - 1);
  const inside = (day: string) => first <= day && day <= last;
  const laid = days.filter((day) => inside(day.on));
  const of = (kind: string) => distinct(events.filter((each) => each.kind === kind).map((each) => localDay(each.at)));
  const distinct = (found: string[]) => new Set(found.filter(inside)).size;
  const ran = runs.filter((run) => run.sport === RUNNING && inside(run.local_date));
  const ahead = laid.filter((day) => day.run);
  const some = (count: number) => (count > 0 ? count : null);
  return {
    sessions: { done: of("done"), planned: some(laid.filter((day) => day.strength).length) },
    runs: { done: distinct(ran.map((run) => run.local_date)), planned: some(ahead.length) },
    minutes: { done: minutesOf(ran.filter((run) => run.local_date >= (laid[0]?.on ?? first)).map((run) => (run.timer_s ?? 0) / S_PER_MIN)), planned: limitOf(ahead) },
    checkins: { done: of("checkin"), planned: DAYS },
  };
}

/** Return what the runs planned may take in all; null where one of them is not laid out in minutes. */
function limitOf(ahead: readonly PlanDay[]): number | null {
  const told = ahead.map((day) => day.minutes ?? null);
  return told.length === 0 || told.includes(null) ? null : minutesOf(told as number[]);
}

function minutesOf(parts: readonly number[]): number {
  return Math.round(parts.reduce((sum, part) => sum + part, 0));
}

/** Return the day here at which AT (a moment) was. */
function localDay(at: string): string {
  const then = new Date(at);
  return [then.getFullYear(), two(then.getMonth() + 1), two(then.getDate())].join("-");
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
