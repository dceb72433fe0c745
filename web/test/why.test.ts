import { expect, test } from "vitest";
import type { Why } from "../src/api/types";
import { asText } from "../src/state/why";

const TOLD: Why = {
  title: "How far at most",
  value: "13.2 km",
  what: "The longest that the next run may be.",
  rule: ["10% more than the longest run."],
  from: [{ says: "Longest run of 30 days", value: "18.0 km", on: "2030-05-04", note: "" }],
  sure: ["Nobody has counted it in sore hips."],
  evidence: [
    {
      says: "Up to 10 % longer is the reference.", value: 0.1, range: null, unit: "share", of: "runners", at: "",
      grade: "cohort", grade_says: "people followed over time", mark_says: "Read at the source.", source: "study",
    },
  ],
  sources: [{ id: "study", title: "A study", year: 2025, authors: null, where: null, doi: null, design: "cohort", says: null }],
  own: "",
  would_change: [],
  versions: { hipwise: "0.1.0", knowledge: "abc" },
};

test("a drawer as text holds the number, its rule, its days and its source", () => {
  const text = asText(TOLD);
  for (const part of ["13.2 km", "10% more", "2030-05-04", "people followed over time", "A study (2025)"]) {
    expect(text).toContain(part);
  }
});

test("a part that holds nothing is not named, and a count says that it is one", () => {
  const text = asText({ ...TOLD, evidence: [], sources: [], rule: [], own: "Counted from your own log." });
  expect(text).not.toContain("How it comes about");
  expect(text).toContain("Counted from your own log.");
});
