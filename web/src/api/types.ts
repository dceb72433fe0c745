/** The shapes of Python's answers that the app reads. Python's own description is /api/v1/openapi.json. */

export type Level = "emergency" | "same_day" | "within_days" | "routine" | "self_care";

export interface Question {
  id: string;
  group: string;
  kind: "yes_no" | "graded" | "choice" | "score" | string;
  question: string;
  help: string;
  states: string[];
  labels: Record<string, string>;
  alarming: string[];
  first_page: string | null;
  sensed_by: string;
  why?: string;
}

export interface Referral {
  kind: "referral";
  on: string;
  level: Level;
  bone_stress: boolean;
  too_young: boolean;
  what: string;
  how_fast: string;
  until_then: string[];
  say_there: string;
  because: string[];
  /** Null where no country was told. */
  number: string | null;
  sources: string[];
  not_looked_at?: string[];
}

export interface Reason {
  finding: string;
  state: string;
  says: string;
  decibans: number;
  sources: string[];
}

export interface Cause {
  id: string;
  name: string;
  probability: number;
  low: number;
  high: number;
  for: Reason[];
  against: Reason[];
  rest: Reason[];
  not_asked: string[];
}

export interface Alarm {
  id: string;
  level: Level;
  name: string;
  because: string;
  says: string;
  sources: string[];
}

export interface Assessment {
  level: Level;
  alarms: Alarm[];
  bone_stress: boolean;
  cleared: boolean;
  causes: Cause[];
  something_else: number;
  left_out: number;
  next: Question | null;
  referral: Referral | null;
  missing: string[];
  not_looked_at: string[];
  versions: { hipwise: string; knowledge: string };
  disagreement?: string | null;
}

export interface Input {
  name: string;
  says?: string;
  value: string | null;
  on: string | null;
}

export type Verdict = "run" | "run_less" | "not_today" | "see_someone" | "ask" | string;

export interface Today {
  kind: "today";
  on: string;
  rule: string;
  verdict: Verdict;
  colour: string;
  headline: string;
  reason: string;
  inputs: Input[];
  ceiling_km: number | null;
  ceiling_min: number | null;
  ceiling_says: string;
  walk_min: number | null;
  session: string | null;
  stop_rules: string[];
  notes: string[];
  next_check: { says: string; on: string | null } | null;
  would_change: string[];
  asks: Question[] | string[];
  referral: Referral | null;
  bounds: { value: number; unit: string; source: string; grade: string }[];
  sources: string[];
  not_looked_at: string[];
}

export interface Job {
  id: string;
  kind: string;
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
  done: number;
  total: number | null;
  says: string;
  error: Record<string, string> | null;
}

export interface FileLine {
  file: string;
  why: string;
  runs?: string[];
}

export interface ImportReport {
  read: FileLine[];
  merged: FileLine[];
  skipped: FileLine[];
  failed: FileLine[];
}

export interface Run {
  id: string;
  file: string;
  sport: string;
  started_at: string;
  local_date: string;
  distance_m: number | null;
  timer_s: number | null;
  cadence_spm: number | null;
  heart_rate_bpm: number | null;
}

export interface Week {
  monday: string;
  runs: number;
  distance_m: number;
  timer_s: number;
  longest_m: number;
  change_pct: number | null;
}

export interface Spike {
  date: string;
  run: string;
  distance_m: number;
  longest_30d_m: number;
  excess: number;
  state: string;
}

export interface Metric {
  id: string;
  name: string;
  formula: string;
  says: string;
  standing: string;
  standing_says: string;
  sources: string[];
  now?: string | null;
  known?: string | null;
  how_sure?: string | null;
}

export interface Load {
  on: string;
  onset: string | null;
  weeks: Week[];
  spikes: Spike[];
  may_run: boolean;
  longest_30d_km: number | null;
  ceiling_km: number | null;
  ceiling_doubt?: { says: string } | null;
  referral: Referral | null;
  acwr: Record<string, number | string | null> | null;
  monotony: Record<string, number | string | null> | null;
  changes: { kind: string; on: string; days_before: number; says: string }[];
  verdict: string;
  not_enough: string[];
  metrics: Metric[];
  not_looked_at: string[];
}

export interface Settings {
  units: "km" | "mi";
  week_start: "monday" | "sunday";
  language: string;
  text_size: "normal" | "large" | "largest";
  contrast: "normal" | "high";
  motion: "system" | "reduced";
  theme: "system" | "light" | "dark";
  sound: boolean;
  consent_at?: string | null;
}

export interface Athlete {
  born: string | null;
  age_y: number | null;
  sex: string | null;
  country: string | null;
}

/** An exercise of a plan, with its dose; a range is [least, most]. */
export interface Exercise {
  id: string;
  name: string;
  purpose: string;
  targets: string[];
  equipment: string[];
  sets: [number, number] | null;
  reps: [number, number] | null;
  hold_s: [number, number] | null;
  rest_s: [number, number] | null;
  tempo: string | null;
  dose: string;
  side?: string | null;
  steps: string[];
  cues: string[];
  errors: string[];
  progress_when: string;
  stop_when: string;
  easier: string | string[] | null;
  harder: string[];
  sources: string[];
  grade: string;
}

export interface PlanDay {
  on: string;
  run: boolean;
  strength: boolean;
  says: string;
}

export interface Plan {
  kind: "plan";
  on: string;
  headline: string;
  how_sure: string[];
  stage: {
    id: string;
    number: number;
    count: number;
    enter: string;
    leave: string;
    least_days: number;
    says: string;
    source: string;
    grade: string;
  } | null;
  exercises: Exercise[];
  run: { mode: string; says: string[]; session: string | null; sources: string[] };
  week: PlanDay[];
  education: string[];
  avoid: string[];
  weeks: { says: string; source: string; grade: string } | null;
  check_on: string | null;
  separates: string[];
  refer_when: string[];
}
