import { describe, expect, test } from "vitest";
import type { Exercise } from "../src/api/types";
import { begin, next, pass, tick } from "../src/state/session";

function exercise(dose: Partial<Exercise>): Exercise {
  return {
    id: "bridge", name: "Bridge", purpose: "strength", targets: [], equipment: [], impact: false, side: "both", swaps: [], per_week: [3, 7], sets: [1, 1], reps: [1, 1],
    hold_s: null, rest_s: [60, 60], tempo: "", dose: "", steps: [], cues: [], errors: [], progress_when: "",
    stop_when: "", easier: null, harder: [], sources: [], grade: "trial", ...dose,
  };
}

describe("the course of a session", () => {
  test("a hold is timed, and comes after five seconds to get ready", () => {
    const course = begin([exercise({ hold_s: [30, 45] })]);
    expect(course.steps.map((step) => [step.kind, step.seconds])).toEqual([["ready", 5], ["work", 30]]);
  });

  test("repetitions wait for the runner", () => {
    const course = next(begin([exercise({ reps: [10, 12] })]));
    expect(course.left).toBeNull();
    expect(tick(course)).toEqual(course);
  });

  test("each side has its turn, and rests lie between the sets only", () => {
    const course = begin([exercise({ sets: [2, 3], reps: [8, 8], rest_s: [60, 60], side: "each" })]);
    expect(course.steps.map((step) => step.kind).join(" ")).toBe(
      "ready work ready work rest ready work ready work",
    );
    expect(course.steps.filter((step) => step.kind === "rest").map((step) => step.seconds)).toEqual([60]);
  });

  test("the clock goes on to the next step by itself", () => {
    let course = begin([exercise({ hold_s: [3, 3] })]);
    for (let second = 0; second < 5; second += 1) course = tick(course);
    expect([course.at, course.left]).toEqual([1, 3]);
  });

  test("time that nobody watched has passed all the same, until the runner is needed", () => {
    const asleep = pass(begin([exercise({ hold_s: [30, 45] }), exercise({ reps: [8, 8] })]), 600);
    expect([asleep.at, asleep.left]).toEqual([3, null]);
    expect(pass(begin([exercise({ hold_s: [30, 45] })]), 600).at).toBe(2);
    expect(pass(begin([exercise({ hold_s: [30, 45] })]), 6)).toMatchObject({ at: 1, left: 29 });
  });

  test("after the last step nothing is left, however often one goes on", () => {
    const course = next(next(next(next(begin([exercise({ reps: [5, 5] })])))));
    expect(course.steps[course.at]).toBeUndefined();
    expect(course.left).toBeNull();
  });

  test("no exercise, no step", () => {
    expect(begin([])).toEqual({ steps: [], at: 0, left: null });
  });
});
