import { describe, expect, test } from "vitest";
import type { Level, Referral, Today } from "../src/api/types";
import { type Ahead, gravest, lookUp } from "../src/offline/cells";

const said = (verdict: string) => ({ verdict }) as Today;
const ahead: Ahead = {
  etag: "1",
  axes: [
    { finding: "rest", groups: [["0", "1"], ["2", "unknown"]] },
    { finding: "pill", with: "hours", groups: [["none", "unknown"], ["ibuprofen|over_12"], ["ibuprofen|under_4"]] },
  ],
  days: [{ on: "2026-11-25", cells: "AAAAABABACAB" }],
  verdicts: [said("run"), said("ask"), said("not_today")],
};

describe("Python's verdicts, looked up", () => {
  test("every answer finds its cell", () => {
    expect(lookUp(ahead, { rest: "1", pill: "none" }, "2026-11-25")?.verdict).toBe("run");
    expect(lookUp(ahead, { rest: "2", pill: "ibuprofen", hours: "over_12" }, "2026-11-25")?.verdict).toBe("not_today");
  });

  test("what is not told is unknown, never no", () => {
    expect(lookUp(ahead, { rest: "0" }, "2026-11-25")?.verdict).toBe("run");
    expect(lookUp(ahead, {}, "2026-11-25")?.verdict).toBe("ask");
  });

  test("a question that may be left open has a cell for that, and none for an answer that it does not know", () => {
    const groups = [[""], ["0", "1"], ["2"]];
    const open: Ahead = { ...ahead, axes: [{ finding: "morning", groups }], days: [{ on: "2026-11-25", cells: "ABAAAC" }] };
    const verdict = (states: Record<string, string>) => lookUp(open, states, "2026-11-25")?.verdict;
    expect([verdict({}), verdict({ morning: "1" }), verdict({ morning: "2" })]).toEqual(["ask", "run", "not_today"]);
    expect(verdict({ morning: "unknown" })).toBeUndefined();
  });

  test("of a day's first hours after a run of the evening before, only Python itself can say", () => {
    const night: Ahead = { ...ahead, days: [{ on: "2026-11-25", from: "2026-11-25T05:00:00+00:00", cells: "AAAAABABACAB" }] };
    const verdict = (at: string) => lookUp(night, { rest: "1", pill: "none" }, "2026-11-25", new Date(at))?.verdict;
    expect(verdict("2026-11-25T04:59:00Z")).toBeUndefined();
    expect(verdict("2026-11-25T05:00:00Z")).toBe("run");
  });

  test.each([
    ["an answer in no group", { rest: "9" }, "2026-11-25"],
    ["an answer to a question that the table does not know", { rest: "0", fever: "yes" }, "2026-11-25"],
    ["a day that is not in the table", { rest: "0" }, "2026-11-29"],
  ])("%s has no verdict", (_, states, on) => {
    expect(lookUp(ahead, states as Record<string, string>, on)).toBeNull();
  });
});

test("of several check-ins that wait the most urgent referral is shown, whichever was told first", () => {
  const of = (level: Level) => ({ level }) as Referral;
  const soon = of("within_days");
  const now = of("emergency");
  expect(gravest([soon, undefined, now])).toBe(now);
  expect(gravest([now, null, soon])).toBe(now);
  expect(gravest([null, undefined])).toBeNull();
});
