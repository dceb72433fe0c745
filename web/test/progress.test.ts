import { describe, expect, it } from "vitest";
import type { PlanDay, Run } from "../src/api/types";
import { beginOf, weekOf } from "../src/state/progress";

const day = (on: string, run: boolean, strength: boolean) => ({ on, run, strength }) as PlanDay;
const ran = (local_date: string, sport = "running") => ({ local_date, sport }) as Run;

describe("this week", () => {
  it("begins on the day that was chosen", () => {
    expect(beginOf("2026-11-26", "monday")).toBe("2026-11-23");
    expect(beginOf("2026-11-26", "sunday")).toBe("2026-11-22");
    expect(beginOf("2026-11-22", "monday")).toBe("2026-11-16");
  });

  it("counts days, not entries, and nothing of other weeks", () => {
    const found = weekOf(
      "2026-11-26",
      "monday",
      [day("2026-11-22", true, true), day("2026-11-24", true, true), day("2026-11-26", true, false)],
      [ran("2026-11-24"), ran("2026-11-24"), ran("2026-11-20"), ran("2026-11-25", "cycling")],
      [
        { kind: "checkin", at: "2026-11-24T07:00:00" },
        { kind: "checkin", at: "2026-11-24T19:00:00" },
        { kind: "done", at: "2026-11-25T19:00:00" },
        { kind: "done", at: "2026-11-01T19:00:00" },
        { kind: "answer", at: "2026-11-25T19:00:00" },
      ],
    );
    expect(found.sessions).toEqual({ done: 1, planned: 1 });
    expect(found.runs).toEqual({ done: 1, planned: 2 });
    expect(found.checkins).toEqual({ done: 1, planned: 7 });
  });

  it("counts minutes from the first day that is laid out, and only where every run has some", () => {
    const laid = (on: string, minutes: number | null) => ({ on, run: true, strength: false, minutes }) as PlanDay;
    const timed = (local_date: string, timer_s: number | null) => ({ local_date, timer_s, sport: "running" }) as Run;
    const runs = [timed("2026-11-23", 3600), timed("2026-11-24", 1800), timed("2026-11-26", null)];
    const of = (days: PlanDay[]) => weekOf("2026-11-26", "monday", days, runs, []).minutes;
    expect(of([laid("2026-11-24", 32), laid("2026-11-26", 36)])).toEqual({ done: 30, planned: 68 });
    expect(of([laid("2026-11-24", 32), laid("2026-11-26", null)]).planned).toBeNull();
    expect(of([])).toEqual({ done: 90, planned: null });
  });

  it("holds nothing against a runner who has no plan", () => {
    const found = weekOf("2026-11-26", "monday", [], [], []);
    expect(found.sessions).toEqual({ done: 0, planned: null });
    expect(found.runs).toEqual({ done: 0, planned: null });
  });
});
