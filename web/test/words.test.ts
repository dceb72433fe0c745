import { describe, expect, test } from "vitest";
import { chartWidth } from "../src/state/width";
import { type Proposal, toConfirm, toTell } from "../src/state/words";

function proposal(finding: string, more: Partial<Proposal> = {}): Proposal {
  return { finding, state: "yes", standing: "said", phrase: "", start: 0, end: 1, alarming: false, ...more };
}

describe("what a text proposed", () => {
  const read = [
    proposal("groin"),
    proposal("limp", { alarming: true }),
    proposal("old_break", { standing: "aside" }),
    proposal("fever", { alarming: true, standing: "denied", state: "no" }),
  ];

  test("alarms are asked one by one, also those that were denied; what was set aside is not asked", () => {
    const { alarming, others } = toConfirm(read);
    expect(alarming.map((each) => each.finding)).toEqual(["limp", "fever"]);
    expect(others.map((each) => each.finding)).toEqual(["groin"]);
  });

  test("an alarm is told only as the runner chose it", () => {
    expect(toTell(read, {})).toEqual({ groin: "yes" });
    expect(toTell(read, { limp: "no", fever: "unknown" })).toEqual({ groin: "yes", limp: "no", fever: "unknown" });
  });

  test("what is left out is not told", () => {
    expect(toTell(read, { groin: "leave", limp: "leave" })).toEqual({});
  });
});

test("a chart is drawn for the card that it stands in", () => {
  expect([320, 360, 768, 1280].map((page) => chartWidth(page))).toEqual([280, 294, 560, 560]);
  expect([360, 1099, 1100, 1280, 2000].map((page) => chartWidth(page, "two"))).toEqual([294, 560, 384, 466, 466]);
  expect([360, 1099, 1100, 1280].map((page) => chartWidth(page, "across"))).toEqual([294, 560, 826, 990]);
});
