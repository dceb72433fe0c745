import { expect, test } from "vitest";
import type { Question } from "../src/api/types";
import { answerOfLap, askedOf, BEGAN, DURING, lapTold, toldOfRun } from "../src/state/after-run";

function question(id: string, kind: string, states: string[]): Question {
  return { id, kind, states, group: "", question: id, help: "", labels: {}, alarming: [], first_page: null, sensed_by: "", about: "pain", holds_d: 7 };
}

const BANDS = ["none", "over_10_km", "to_10_km", "to_5_km", "to_2_km", "at_once"];
const QUESTIONS = [question(DURING, "score", ["0", "1"]), question(BEGAN, "graded", BANDS), question("run_limp", "yes_no", ["no", "yes"])];

const ids = (states: Record<string, string>) => askedOf(QUESTIONS, states, null).map((each) => each.id);
const bands = (km: number | null) => askedOf(QUESTIONS, { [DURING]: "3" }, km).find((each) => each.id === BEGAN)?.states;

test("where the pain began is asked only if there was some", () => {
  expect(ids({})).toEqual([DURING, "run_limp"]);
  expect(ids({ [DURING]: "0" })).toEqual([DURING, "run_limp"]);
  expect(ids({ [DURING]: "unknown" })).toEqual([DURING, "run_limp"]);
  expect(ids({ [DURING]: "3" })).toEqual([DURING, BEGAN, "run_limp"]);
});

test("nothing beyond the end of the run is offered", () => {
  expect(bands(null)).toEqual(["over_10_km", "to_10_km", "to_5_km", "to_2_km", "at_once"]);
  expect(bands(12)).toEqual(["over_10_km", "to_10_km", "to_5_km", "to_2_km", "at_once"]);
  expect(bands(5)).toEqual(["to_5_km", "to_2_km", "at_once"]);
  expect(bands(1.5)).toEqual(["to_2_km", "at_once"]);
});

test("an answer to what is asked no longer is not told", () => {
  const states = { [DURING]: "0", [BEGAN]: "to_2_km", run_limp: "no" };
  expect(toldOfRun(askedOf(QUESTIONS, states, null), states)).toEqual({ [DURING]: "0", run_limp: "no" });
  const sore = { ...states, [DURING]: "4" };
  expect(toldOfRun(askedOf(QUESTIONS, sore, 6), sore)).toEqual(sore);
  const unsure = { [DURING]: "4", [BEGAN]: "unknown" };
  expect(toldOfRun(askedOf(QUESTIONS, unsure, 6), unsure)).toEqual(unsure);
});

test("a lap says where it began, in place of the kilometres", () => {
  const sore = { [DURING]: "4", [BEGAN]: answerOfLap({ number: 3, km: 4.2 }) };
  const questions = askedOf(QUESTIONS, sore, 6);
  expect(lapTold(questions, sore)).toBe(3);
  expect(toldOfRun(questions, sore)).toEqual({ [DURING]: "4" });
  expect(lapTold(questions, { ...sore, [BEGAN]: "to_5_km" })).toBeNull();
  expect(lapTold(questions, { [DURING]: "4" })).toBeNull();
  const fine = { ...sore, [DURING]: "0" };
  expect(lapTold(askedOf(QUESTIONS, fine, 6), fine)).toBeNull();
});
