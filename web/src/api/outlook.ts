/** The shapes of what lies ahead and what lay behind, and how they are asked for. */
import { ask } from "./client";
import type { Plan, PlanDay, Referral } from "./types";

export type Kind = "run" | "strength" | "cross";

/** A day as the goal of a move: allowed, or the rules that it would break, in Python's words. */
export interface Goal {
  on: string;
  allowed: boolean;
  broken: { rule: string; says: string }[];
  says: string;
}

/** Where the sessions of a day may go. */
export interface Moves {
  on: string;
  why_not: string | null;
  moves: { kind: Kind | "all"; says: string; days: Goal[] }[];
}

export interface Change {
  id: string;
  item: string;
  before: { days?: PlanDay[] };
  after: { days?: PlanDay[] };
  reason: string;
  rule: string;
  locked: string | null;
}

export interface Locks {
  held: boolean;
  parts: { item: string; name: string; lock: { by: string; reason: string; on: string } | null }[];
}

export interface Line {
  on: string | null;
  says: string;
}

export interface Version {
  number: number;
  on: string;
  kind: string;
  name: string | null;
  says: string;
  rule: string | null;
  sources: string[];
  before: Line[];
  after: Line[];
  everyday: boolean;
}

export interface History {
  held: boolean;
  /** The event that can be taken back, if the last thing that was done changed the plan. */
  undo: number | null;
  versions: Version[];
}

export interface Wishes {
  minutes_a_day: number;
  days_a_week: number;
  equipment: string[];
  race_on: string | null;
  race_km: number | null;
  on_days: string[];
  rest_day: string | null;
  run_minutes: number | null;
  runs_a_week: number | null;
  strength_a_week: number | null;
  weeks: number;
  cross_training?: boolean;
  short?: boolean;
}

interface Named {
  id: string;
  name: string;
}

export interface Wished {
  held: boolean;
  wishes: Wishes;
  equipment: Named[];
  weekdays: Named[];
}

export interface Drawn {
  title: string;
  svg: string;
  heads: string[];
  rows: (string | number | null)[][];
  says: string;
}

export interface Weeks {
  scores: { on: string; score: number }[];
  substantial: boolean;
  follows: string;
  improving: boolean;
  says: string[];
  sources: string[];
}

export interface WeeklyQuestion {
  id: string;
  question: string;
  answers: string[];
}

export interface Weekly {
  held: boolean;
  due: boolean;
  questions: WeeklyQuestion[];
  /** After one of these at the first question the others are not asked. */
  alone: number[];
  weeks: Weeks | null;
  chart: Drawn | null;
}

export interface Race {
  check: {
    race_km: number;
    weeks_left: number | null;
    low: number | null;
    high: number | null;
    answer: string;
    says: string[];
    deferrals: { event: string; weeks: number; says: string }[];
    sources: string[];
  };
  checked: string[];
}

export interface Made {
  event: number;
  plan: Plan | Referral | null;
}

/** Return where what stands on the day ON may go. Never from memory: only Python, now, knows the rules. */
export const movesFrom = (on: string) => ask<Moves>(`/plan/moves?on=${on}`);

/** Move what stands on a day to another one; Python looks at the rules again. */
export const move = (kind: Kind | "all", from: string, to: string) =>
  ask<Made>("/plan/move", { method: "POST", body: { kind, from, to } });
