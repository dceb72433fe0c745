/** The course of a session: from the doses of the plan to steps with times. Plain values, so that tests can walk it. */
import type { Exercise } from "../api/types";
import { say } from "../texts";

const READY_S = 5;
const BETWEEN_S = 20;

export interface Step {
  kind: "ready" | "work" | "rest";
  /** Place of the exercise in the session. */
  exercise: number;
  says: string;
  /** How long it lasts; null: until the runner goes on. */
  seconds: number | null;
}

export interface Course {
  steps: Step[];
  at: number;
  left: number | null;
}

/** Return the course of a session of EXERCISES: the least dose that the plan asks for. */
export function begin(exercises: Exercise[]): Course {
  const steps = exercises.flatMap((exercise, place) => stepsOf(exercise, place));
  return { steps, at: 0, left: steps[0]?.seconds ?? null };
}

/** Return the course one second later. */
export function tick(course: Course): Course {
  if (course.left === null) return course;
  return course.left > 1 ? { ...course, left: course.left - 1 } : next(course);
}

/** Return the course SECONDS later: a page that nobody sees is woken seldom, and must not stand still meanwhile. */
export function pass(course: Course, seconds: number): Course {
  let now = course;
  for (let left = seconds; left > 0 && now.left !== null; left -= 1) now = tick(now);
  return now;
}

/** Return the course at its next step. */
export function next(course: Course): Course {
  const at = Math.min(course.at + 1, course.steps.length);
  return { ...course, at, left: course.steps[at]?.seconds ?? null };
}

function stepsOf(exercise: Exercise, place: number): Step[] {
  const sets = exercise.sets[0];
  const sides = eachSide(exercise) ? (["left", "right"] as const) : [null];
  const steps: Step[] = [];
  for (let set = 1; set <= sets; set += 1) {
    for (const side of sides) {
      const first = set === 1 && side === sides[0];
      const ready = say(side ? `session.ready_${side}` : "session.ready");
      steps.push({ kind: "ready", exercise: place, says: ready, seconds: first && place > 0 ? BETWEEN_S : READY_S });
      steps.push(...work(exercise, place, set, sets, side));
    }
    if (set < sets) {
      const seconds = exercise.rest_s[0];
      steps.push({ kind: "rest", exercise: place, says: say("session.rest"), seconds });
    }
  }
  return steps;
}

function work(exercise: Exercise, place: number, set: number, sets: number, side: "left" | "right" | null): Step[] {
  const [reps] = exercise.reps;
  const hold = exercise.hold_s?.[0] ?? null;
  const where = side ? say(`session.side_${side}`) : "";
  const count = say("session.set", { set, sets });
  const says = (what: string) => [count, where, what].filter(Boolean).join(" · ");
  if (hold !== null && reps === 1)
    return [{ kind: "work", exercise: place, says: says(say("session.hold")), seconds: hold }];
  if (hold !== null)
    return [{ kind: "work", exercise: place, says: says(say("session.reps_hold", { reps, hold })), seconds: null }];
  return [{ kind: "work", exercise: place, says: says(say("session.reps", { reps })), seconds: null }];
}

function eachSide(exercise: Exercise): boolean {
  return exercise.side === "each";
}
