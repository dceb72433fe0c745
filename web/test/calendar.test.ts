import { expect, test } from "vitest";
import type { Change, Moves } from "../src/api/outlook";
import type { PlanDay } from "../src/api/types";
import { after, goalOf, kindsOf, monthAfter, monthOf, today, touched, weeksOf } from "../src/state/calendar";

function day(on: string, ...kinds: string[]): PlanDay {
  const has = (kind: string) => kinds.includes(kind);
  return {
    ...{ on, says: "", stage: null, minutes: null, km: null, race: false },
    ...{ run: has("run"), strength: has("strength"), cross: has("cross") },
  };
}

test("a day is the runner's own, not that of Greenwich", () => {
  expect(today(new Date(2026, 10, 3, 23, 59))).toBe("2026-11-03");
  expect(today(new Date(2026, 0, 1, 0, 1))).toBe("2026-01-01");
});

test("days follow each other over months, years and the change of the clocks", () => {
  expect(after("2026-10-24", 2)).toBe("2026-10-26");
  expect(after("2026-12-31", 1)).toBe("2027-01-01");
  expect(after("2028-03-01", -1)).toBe("2028-02-29");
});

test("weeks begin today and leave out what lies behind", () => {
  const days = Array.from({ length: 10 }, (_, at) => day(after("2026-11-24", at)));
  const weeks = weeksOf(days, "2026-11-25");
  expect(weeks.map((week) => week.length)).toEqual([7, 2]);
  expect(weeks[0]?.[0]?.on).toBe("2026-11-25");
  expect(weeksOf([], "2026-11-25")).toEqual([]);
});

test.each([
  ["2026-11", "monday", "2026-10-26", "2026-12-06"],
  ["2026-11", "sunday", "2026-11-01", "2026-12-05"],
  ["2027-02", "monday", "2027-02-01", "2027-02-28"],
] as const)("the month %s that begins on a %s is whole weeks", (month, starts, first, last) => {
  const rows = monthOf(month, starts);
  expect(rows.every((row) => row.length === 7)).toBe(true);
  expect([rows[0]?.[0], rows.at(-1)?.[6]]).toEqual([first, last]);
  const all = rows.flat();
  expect(all).toEqual(all.map((_, at) => after(first, at)));
});

test("months are leafed through over the turn of a year", () => {
  expect([monthAfter("2026-12", 1), monthAfter("2026-01", -1), monthAfter("2026-05", 0)]).toEqual([
    "2027-01",
    "2025-12",
    "2026-05",
  ]);
});

test("a proposed change marks the days on which something else would stand, and no others", () => {
  const change = {
    before: { days: [day("2026-11-25"), day("2026-11-26", "run"), day("2026-11-27", "strength")] },
    after: { days: [day("2026-11-26"), day("2026-11-27", "strength"), day("2026-12-03", "run")] },
  } as Change;
  expect([...touched([change])]).toEqual(["2026-11-26"]);
  expect(touched([{ before: {}, after: {} } as Change]).size).toBe(0);
});

test("only Python says where a session may go; where it said nothing there is no goal", () => {
  const goal = { on: "2026-11-27", allowed: false, broken: [{ rule: "spacing", says: "a day between" }], also: [], says: "" };
  const moves: Moves = { on: "2026-11-26", why_not: null, moves: [{ kind: "run", says: "the run", days: [goal] }] };
  expect(goalOf(moves, "run", "2026-11-27")).toBe(goal);
  expect(goalOf(moves, "strength", "2026-11-27")).toBeNull();
  expect(goalOf(moves, "run", "2026-12-27")).toBeNull();
  expect(goalOf(null, "run", "2026-11-27")).toBeNull();
});

test("what stands on a day is told in one order", () => {
  expect(kindsOf(day("2026-11-25", "cross", "strength"))).toEqual(["strength", "cross"]);
});
