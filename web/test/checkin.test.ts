import { expect, test } from "vitest";
import type { Question } from "../src/api/types";
import { begun, toldOf } from "../src/state/checkin";

function card(id: string, kind: string, states: string[]): Question {
  return { id, kind, states, group: "", question: id, help: "", labels: {}, alarming: [], first_page: null, sensed_by: "", about: "pain", holds_d: 7 };
}

const CARDS = [
  card("rest_pain_score", "score", ["0", "1"]),
  card("limp", "yes_no", ["no", "yes"]),
  card("woken_by_hip", "graded", ["no", "lying_on_it", "yes"]),
  card("painkiller", "choice", ["none", "ibuprofen"]),
  card("painkiller_hours_ago", "choice", ["under_6", "over_12"]),
];

test("nothing ticked is told as such, of everything in the list", () => {
  expect(toldOf(CARDS, { rest_pain_score: "1" }, new Set())).toEqual({
    rest_pain_score: "1", limp: "no", woken_by_hip: "no", painkiller: "none",
  });
});

test("a score that was left open is not told", () => {
  expect(toldOf(CARDS, {}, new Set())).not.toHaveProperty("rest_pain_score");
});

test("a painkiller without its name or its hour is unknown, never none", () => {
  expect(toldOf(CARDS, {}, new Set(["painkiller"]))).toMatchObject({
    painkiller: "unknown", painkiller_hours_ago: "unknown", limp: "no",
  });
  expect(toldOf(CARDS, { painkiller: "ibuprofen", painkiller_hours_ago: "over_12" }, new Set(["painkiller"]))).toMatchObject({
    painkiller: "ibuprofen", painkiller_hours_ago: "over_12",
  });
});

test("woken by the hip, and how is left open: unknown", () => {
  expect(toldOf(CARDS, {}, new Set(["woken_by_hip"]))).toMatchObject({ woken_by_hip: "unknown" });
});

test("a check-in begins with the scores that the address brings, and with nothing else of it", () => {
  expect(begun(CARDS, new URLSearchParams("rest_pain_score=1&limp=no"))).toEqual({ rest_pain_score: "1" });
  expect(begun(CARDS, new URLSearchParams("rest_pain_score=77"))).toEqual({});
});
