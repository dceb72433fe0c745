/** Made by web/contract.py from the contract of the server (OpenAPI). Not for editing by hand. */

/** The newest day against the weeks before it, reckoned in three ways. */
export interface Acwr {
  date: string;
  coupled: number | null;
  uncoupled: number | null;
  ewma: number | null;
  coupled_low: number | null;
  coupled_high: number | null;
  uncoupled_low: number | null;
  uncoupled_high: number | null;
  ewma_low: number | null;
  ewma_high: number | null;
  known_d: number;
  grade: "A" | "B" | "C" | "D" | null;
}

/** How the last run was borne; the pain began where the LAP of that number was pressed in it (RUN: its id). */
export interface AfterRunIn {
  states: Record<string, string>;
  made_at?: string | null;
  lap?: number | null;
  run?: string | null;
}

/** Python's verdict for every possible check-in of the next days. */
export interface Ahead {
  version: number;
  etag: string;
  made_at: string;
  until: string;
  axes: Axis[];
  days: AheadDay[];
  verdicts: AheadVerdict[];
}

/** The cells of one day, two characters each; FROM a moment on, where they do not speak of its first hours. */
export interface AheadDay {
  on: string;
  from: string | null;
  cells: string;
}

/** A verdict of the table: all that the screen of the day shows. */
export interface AheadVerdict {
  rule: string;
  outcome: string;
  verdict: string;
  colour: string;
  headline: string;
  reason: string;
  limits: Limits;
  ceiling_km: number | null;
  ceiling_min: number | null;
  ceiling_says: string;
  walk_min: number | null;
  session: Session | null;
  stop_rules: string[];
  notes: string[];
  next_check: NextCheck;
  asks: string[];
  referral: Referral | null;
  sources: string[];
  override: string | null;
  not_looked_at: string[];
}

/** A red flag that was raised. */
export interface AlarmData {
  id: string;
  level: "self_care" | "routine" | "within_days" | "same_day" | "emergency";
  name: string;
  because: string;
  findings: string[];
  suspects: string[];
  says: string;
  sources: string[];
  bone_stress: boolean;
}

/** An answer, who says so, and how strongly. */
export interface AnswerFound {
  id: string;
  question: string;
  says: string;
  sources: SourceData[];
  grade: string;
  grade_says: string;
  share: number;
}

/** One answer that stands; TOPIC is the title of what it belongs to, CALM the least remarkable answer there is. */
export interface Answered {
  finding: string;
  question: string;
  state: string;
  answer: string;
  on: string;
  origin: string;
  first_page: string | null;
  topic: string;
  calm: boolean;
}

/** All answers that stand. */
export interface Answers {
  answers: Answered[];
}

/** Answers about the pain that is looked at now, or about another open PAIN (its id); OWN_WORDS: a text told. */
export interface AnswersIn {
  states: Record<string, string>;
  made_at?: string | null;
  pain?: string | null;
  own_words?: boolean;
}

/** What a check-in asks. */
export interface Ask {
  cards: QuestionData[];
  after_run: QuestionData[];
  last: LastCheckin | null;
  done: boolean;
  ran: Ran | null;
}

/** How urgent, what it could be, and why. */
export interface Assessed {
  level: "self_care" | "routine" | "within_days" | "same_day" | "emergency";
  alarms: AlarmData[];
  bone_stress: boolean;
  cleared: boolean;
  causes: CauseData[];
  something_else: number;
  left_out: number;
  next: QuestionData | null;
  referral: Referral | null;
  missing: string[];
  contradictions: string[];
  second_opinion: SecondData;
  not_looked_at: string[];
  versions: Record<string, string>;
}

/** Who runs; what is left out stays as it was. */
export interface AthleteIn {
  born?: string | null;
  age_y?: number | null;
  sex?: string | null;
  country?: string | null;
}

/** Who runs. */
export interface Athletes {
  born: string | null;
  age_y: number | null;
  sex: string | null;
  country: string | null;
}

/** One finding of the verdict table: its states in groups that lead to the same verdict. */
export interface Axis {
  finding: string;
  with: string | null;
  groups: string[][];
}

/** What an exercise is not for, by name. */
export interface Barred {
  of: string;
  until: Until;
  why: string;
  name: string;
}

/** What the day's verdict was before. */
export interface Before {
  verdict: string;
  headline: string;
  ceiling_km: number | null;
  ceiling_min: number | null;
}

/** What can be pressed or stretched. JOINT is the end of its range, NERVE that of the leg, TWIST the pelvis. */
export type BodyRegion = "front" | "joint" | "side" | "buttock" | "sit_bone" | "hamstring" | "inner_thigh" | "outer_thigh" | "nerve" | "twist";

/** A number that was used, and who says so. */
export interface Bound {
  value: number;
  unit: string;
  source: string;
  grade: string;
}

/** Before this row there was a pause, or nothing was recorded, for so many seconds by the clock on the wall. */
export interface BreakData {
  row: number;
  seconds: number;
}

/** A card of the first page. */
export interface CardData {
  id: string;
  title: string;
  questions: QuestionData[];
}

/** A card of the first page, and the questions on it. */
export interface CardList {
  id: string;
  title: string;
  findings: string[];
}

/** One cause with its reasons. */
export interface CauseData {
  id: string;
  name: string;
  probability: number;
  low: number;
  high: number;
  likelihood_says: string;
  for: ReasonData[];
  against: ReasonData[];
  rest: ReasonData[];
  not_asked: string[];
}

/** A cause that can be ranked; PRIOR is how common it is before anything is told. */
export interface CauseEntry {
  id: string;
  name: string;
  plain: string;
  site: string;
  urgent: boolean;
  self_care: boolean;
  icd10: string;
  prior: Number;
  findings: string[];
  separates: string;
  recovers: string;
  see_someone: string;
}

/** Why the ceiling is lower than the log alone would have it: a week of a GRADE that is doubted. */
export interface CeilingDoubt {
  km: number;
  on: string;
  grade: "A" | "B" | "C" | "D";
  says: string;
}

/** One change of a plan: ITEM ("stage", "run", "week", "wishes", "picture", "exercise:ID") from BEFORE to AFTER. */
export interface Change {
  id: string;
  item: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  reason: string;
  rule: string;
  sources: string[];
  by_itself: boolean;
  locked: string | null;
}

/** Something that changed before the pain began, and what such a change is known to mean. */
export interface ChangeData {
  kind: string;
  on: string;
  days_before: number;
  says: string;
  standing: string;
  standing_says: string;
  sure: boolean;
}

/** What of the plan changed by itself; EVENT is the last thing that was done. */
export interface Changed {
  event: number | null;
  changes: Change[];
}

/** A chart: the picture, what it says to those who do not see it, and the same data as a table. */
export interface ChartData {
  name: string;
  title: string;
  says: string;
  svg: string;
  heads: string[];
  rows: ((string | number | null)[])[];
}

/** A check-in. */
export interface CheckinIn {
  states: Record<string, string>;
  made_at?: string | null;
  planned_km?: number | null;
  anyway?: boolean;
}

/** The verdict after a check-in, and before it, and what changed in the plan by itself. */
export interface Checkins {
  event: number | null;
  today: TodayData;
  before: Before;
  changes: Change[];
}

/** A clinician cleared the bone of the pain that is looked at now, or of another open PAIN (its id). */
export interface ClearanceIn {
  by: string;
  what_for: string;
  pain?: string | null;
}

/** The pairing code. */
export interface CodeIn {
  code: string;
}

/** A country whose emergency number is known: its two letters (ISO 3166) and its name. */
export interface CountryData {
  id: string;
  name: string;
}

/** A fault of a watch, or days without it. */
export interface DataFault {
  kind: string;
  from: string;
  to: string;
  says: string;
  run: string | null;
  serious: boolean;
}

/** One day: whether to run, to do the exercises, to train in another way (CROSS), and the same in words. */
export interface Day {
  on: string;
  run: boolean;
  strength: boolean;
  says: string;
  cross: boolean;
  stage: number | null;
  minutes: number | null;
  km: number | null;
  race: boolean;
}

/** What to do today, with what stands beside it; under a referral nothing does. */
export interface DayData {
  kind: "today";
  on: string;
  rule: string;
  outcome: string;
  verdict: string;
  colour: string;
  headline: string;
  reason: string;
  inputs: Input[];
  limits: Limits;
  ceiling_km: number | null;
  ceiling_min: number | null;
  ceiling_says: string;
  walk_min: number | null;
  session: Session | null;
  stop_rules: string[];
  notes: string[];
  next_check: NextCheck;
  would_change: string[];
  asks: string[];
  referral: Referral | null;
  bounds: Bound[];
  sources: string[];
  flips: Flip[];
  override: string | null;
  not_looked_at: string[];
  exercises: ExercisesToday | null;
  pain: PainLine | null;
}

/** What an EVENT on the way would cost: so many WEEKS, as the middle of the imagined courses. */
export interface Deferral {
  event: string;
  weeks: number;
  says: string;
}

/** One exercise of a session, and how it felt. */
export interface DoneIn {
  exercise: string;
  felt?: "right" | "too_easy" | "too_hard" | "hurts" | null;
}

/** How much: each a span from, to. `hold_s` also holds the time of one bout (walking, cycling, rolling). */
export interface Dose {
  of: string;
  source: string;
  at?: string;
  says: string;
  grade: Grade;
  mark: Mark;
  sets: [number, number];
  reps: [number, number];
  hold_s?: [number, number] | null;
  rest_s: [number, number];
  per_week: [number, number];
}

export interface EntriesCardList {
  entries: CardList[];
}

export interface EntriesCauseEntry {
  entries: CauseEntry[];
}

export interface EntriesCountryData {
  entries: CountryData[];
}

export interface EntriesExerciseCard {
  entries: ExerciseCard[];
}

export interface EntriesNumberData {
  entries: NumberData[];
}

export interface EntriesQuestionData {
  entries: QuestionData[];
}

export interface EntriesSourceData {
  entries: SourceData[];
}

/** All pains, and which is looked at now. */
export interface Episodes {
  current: string | null;
  episodes: Pain[];
}

/** Delete all. */
export interface EraseIn {
  really: "delete everything";
}

/** It is gone: how many rows each table has left. */
export interface Erased {
  says: string;
  rows: Record<string, number>;
}

/** One thing that was done. */
export interface EventData {
  event: number;
  kind: string;
  label: string;
  at: string;
  undone_at: string | null;
  runs: number;
  merged: number;
  findings: number;
}

/** All that is known of an exercise. */
export interface ExerciseCard {
  id: string;
  name: string;
  also: string[];
  phases: Phase[];
  targets: string[];
  purpose: string;
  why: string;
  equipment: string[];
  loads: boolean;
  impact: boolean;
  presses: BodyRegion[];
  stretches: BodyRegion[];
  side: string;
  tempo: string;
  dose: Dose;
  progression_of: string | null;
  regression_of: string[];
  progress_when: string;
  stop_when: string;
  not_for: Barred[];
  steps: string[];
  cues: string[];
  easier: string;
  harder: string;
  mistakes: Mistake[];
  sources: string[];
  easier_exercise: Near | null;
  harder_exercises: Near[];
  dose_says: string;
  grade_says: string;
  has_figure: boolean;
}

/** An exercise, about how many minutes it takes, and whether it was done today. */
export interface ExerciseToday {
  id: string;
  name: string;
  minutes: number;
  done: boolean;
}

/** The exercises of today, or of the next day that holds some. */
export interface ExercisesToday {
  on: string;
  minutes: number;
  exercises: ExerciseToday[];
}

/** One field that is wrong. */
export interface Fault {
  where: string;
  why: string;
}

/** The figure of an exercise; null where there is none, or where it is kept back. */
export interface FigureData {
  svg: string | null;
}

/** What became of one file. */
export interface FileData {
  file: string;
  why: string;
  runs?: string[];
}

/** The cards with open questions, and how many questions are open. */
export interface FirstPage {
  cards: CardData[];
  left: number;
}

/** The balance of a long and a short average. */
export interface Fitness {
  date: string;
  fitness: number | null;
  fatigue: number | null;
  form: number | null;
  fitness_low: number | null;
  fitness_high: number | null;
  fatigue_low: number | null;
  fatigue_high: number | null;
  form_low: number | null;
  form_high: number | null;
  known_d: number;
  grade: "A" | "B" | "C" | "D" | null;
}

/** A smallest change that alters a verdict: were each finding of TELL in that state, it would be VERDICT by RULE. */
export interface Flip {
  tell: [string, string][];
  verdict: string;
  rule: string;
  says: string;
}

/** What the watch tells of the form; RUNS are rows of a table whose columns are the measures of the watch. */
export interface FormData {
  on: string;
  onset: string | null;
  says: string;
  measures: MeasureData[];
  paces: PaceData[];
  runs: Record<string, unknown>[];
  known: string[];
  sources: string[];
  not_looked_at: string[];
}

/** What the cited answers say; ALARMING phrases sound like the asker's red flag, MENTIONED ones do not. */
export interface Found {
  referral: Referral | null;
  alarming: string[];
  mentioned: string[];
  answers: AnswerFound[];
}

/** What days without a run were. */
export interface GapIn {
  from: string;
  to: string;
  kind: "rest" | "no_watch";
}

/** How the number was found, best first. */
export type Grade = "guideline" | "meta_analysis" | "trial" | "cohort" | "accuracy_study" | "cross_sectional" | "case_series" | "case_report" | "consensus" | "convention" | "computed" | "judgement";

/** What the data of one week are worth; MAY_BE_OFF_BY is a share. */
export interface GradedWeek {
  monday: string;
  grade: "A" | "B" | "C" | "D";
  may_be_off_by: number;
}

/** It runs. */
export interface Health {
  status: "ok";
  versions: Record<string, string>;
  app: boolean;
}

/** What was done, newest first. */
export interface History {
  events: EventData[];
}

/** Files to be brought in. */
export interface ImportIn {
  uploads: string[];
}

/** What became of each file. */
export interface ImportReport {
  read: FileData[];
  merged: FileData[];
  skipped: FileData[];
  failed: FileData[];
}

/** An import and its report. */
export interface Imported {
  job: JobData;
  report: ImportReport;
}

/** What a rule looked at: a finding (or "alarms", "age", "runs"), what stood there, and since when. */
export interface Input {
  name: string;
  value: string;
  on: string | null;
}

/** Work that takes a while. */
export interface JobData {
  id: number;
  kind: "import" | "sample";
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
  done: number;
  total: number | null;
  left_s: number | null;
  says: string;
  at: string;
  finished_at: string | null;
  attempt: number;
  counts: Record<string, number>;
  error: JobError | null;
}

/** Why a job failed. */
export interface JobError {
  id: string;
  what: string;
  where: string;
  why: string;
  next: string;
}

/** All jobs, newest first. */
export interface Jobs {
  jobs: JobData[];
}

/** A lap that was pressed by hand: its number in the run, and how far into it that was. */
export interface LapData {
  number: number;
  km: number;
}

/** A check-in of an earlier day. */
export interface LastCheckin {
  on: string;
  states: Record<string, string>;
}

/** A run that counts for nothing, and why. */
export interface LeftOut {
  run: string;
  why: string;
}

/** How much pain (0 to 10) is allowed: up to LO go on, up to HI hold or cut, above HI stop. */
export interface Limits {
  profiles: string[];
  lo: number;
  hi: number;
  bone: boolean;
  sources: string[];
}

/** A line of what a change changed, perhaps about a day. */
export interface Line {
  on: string | null;
  says: string;
}

/** The training load. */
export interface LoadData {
  on: string;
  onset: string | null;
  weeks: WeekData[];
  runs: RunLoad[];
  spikes: Spike[];
  longest_30d_km: number | null;
  may_run: boolean;
  ceiling_km: number | null;
  ceiling_says: string | null;
  ceiling_doubt: CeilingDoubt | null;
  planned: PlannedRun | null;
  referral: Referral | null;
  acwr: Acwr | null;
  monotony: Monotony | null;
  fitness: Fitness | null;
  changes: ChangeData[];
  verdict: string;
  pain_from: PainFrom[];
  pain_from_trend: PainTrend | null;
  not_enough: string[];
  findings: Record<string, string>;
  metrics: MetricData[];
  left_out: LeftOut[];
  not_looked_at: string[];
}

/** Who holds a part of the plan, why, and since when. */
export interface LockData {
  by: string;
  reason: string;
  on: string;
}

/** What is to stay as it is, who says so, and why. */
export interface LockIn {
  item: string;
  by: string;
  reason: string;
}

/** A part of the plan that can be locked. */
export interface LockablePart {
  item: string;
  name: string;
  lock: LockData | null;
}

/** The parts of the plan and their locks; none without a plan, and none while it rests (HELD). */
export interface Locks {
  held: boolean;
  parts: LockablePart[];
}

/** How a run stands to the longest of the 30 days before it, where it was longer. */
export interface LongRun {
  state: "small" | "moderate" | "large";
  sure: boolean;
  says: string;
}

/** How well we know that the source says so. */
export type Mark = "seen" | "second_hand" | "memory_high" | "memory_medium" | "memory_low" | "computed" | "own";

/** A mark that was kept. */
export interface Marked {
  event: number | null;
}

/** One measure of the form, as numbers and in sentences. */
export interface MeasureData {
  id: string;
  name: string;
  unit: string;
  value: number;
  pace: string;
  speed_mps: number;
  per_mps: number;
  spread: number | null;
  runs: number;
  runs_of_other_sensors: number;
  trend_30d: number | null;
  change: number | null;
  drift: number | null;
  uneven: boolean | null;
  says: string[];
}

/** A figure of load: how it is reckoned, what it is now, and what it is worth. */
export interface MetricData {
  id: string;
  name: string;
  now: string | null;
  grade: "A" | "B" | "C" | "D" | null;
  how_sure: string | null;
  formula: string;
  says: string;
  standing: string;
  standing_says: string;
  in_runners: boolean;
  drives: boolean;
  sources: string[];
  grades: string[];
  known: string | null;
}

/** A common error with what to do instead. */
export interface Mistake {
  wrong: string;
  right: string;
}

/** How alike the days of the newest week are. */
export interface Monotony {
  date: string;
  monotony: number | null;
  strain: number | null;
  known_d: number;
  grade: "A" | "B" | "C" | "D" | null;
}

/** One session of a day, and where it may go. */
export interface MoveData {
  kind: "run" | "strength" | "cross" | "all";
  says: string;
  days: TargetData[];
}

/** A session (or all of a day) and the day that it is moved to. */
export interface MoveIn {
  kind?: "run" | "strength" | "cross" | "all";
  from: string;
  to: string;
}

/** The sessions of a day, and where each may go; WHY_NOT says why there is none. */
export interface MovesData {
  on: string;
  why_not: string | null;
  moves: MoveData[];
}

/** An id and its name. */
export interface Named {
  id: string;
  name: string;
}

/** A neighbour of an exercise. */
export interface Near {
  id: string;
  name: string;
}

/** One thing that leaving a stage takes: what, how it stands NOW, both in words, and whether it is MET. */
export interface Need {
  says: string;
  now: string;
  met: boolean;
}

/** When to look again: KIND as in the decision table, the day where it is known, and the same in words. */
export interface NextCheck {
  kind: string;
  on: string | null;
  says: string;
}

/** A run that was noted. */
export interface Noted {
  event: number | null;
  run: RunData;
}

/** A value with its range, unit, population, source, place in the source, grade and mark. */
export interface Number {
  value: number;
  range: [number, number];
  unit: string;
  of: string;
  source: string;
  at?: string;
  says?: string;
  grade: Grade;
  mark: Mark;
  since?: string | null;
}

/** A number that can be asked "says who?". */
export interface NumberData {
  value: number;
  range: [number, number];
  unit: string;
  of: string;
  source: string;
  at: string;
  says: string;
  grade: Grade;
  mark: Mark;
  since: string | null;
  id: string;
}

/** The cadence at one pace. */
export interface PaceData {
  pace: string;
  speed_mps: number;
  cadence_spm: number;
  minutes: number;
  runs: number;
}

/** One pain. CLOSED is its last day; OVER: it was told to be over, and can come back. */
export interface Pain {
  id: string;
  opened: string;
  onset: string | null;
  side: string | null;
  site: string | null;
  closed: string | null;
  over: boolean;
}

/** A pain that was ended or has come back, and the event that an undo takes back. */
export interface PainChanged {
  id: string;
  opened: string;
  onset: string | null;
  side: string | null;
  site: string | null;
  closed: string | null;
  over: boolean;
  event: number | null;
}

/** How far into a run the pain began, between LOW_KM and HIGH_KM. */
export interface PainFrom {
  on: string;
  state: string;
  run_on: string | null;
  run_km: number | null;
  low_km: number | null;
  high_km: number | null;
  says: string;
  told: string;
}

/** A pain. */
export interface PainIn {
  onset?: string | null;
  side?: "left" | "right" | "both" | null;
  site?: string | null;
}

/** The pain of two weeks as a small picture, and what it says to those who do not see it. */
export interface PainLine {
  title: string;
  says: string;
  svg: string;
}

/** Whether runs go farther without pain than they did. */
export interface PainTrend {
  state: string;
  count: number;
  says: string;
}

/** What a phone in the house needs. */
export interface Pairing {
  lan: boolean;
  code: string | null;
  addresses: string[];
  trust: string[];
  fingerprint: string | null;
}

/** A part of the hip that a likely problem is of: WHAT it is, what it DOES, how it HURTS. */
export interface Part {
  id: string;
  name: string;
  what: string;
  does: string;
  hurts: string;
  sources: string[];
}

/** The stages of rehab, in their order; `maintain` comes after them. */
export type Phase = "calm" | "load" | "capacity" | "return" | "maintain";

/** A picture that a clinician would know: so many of its signs are MET. */
export interface PictureData {
  id: string;
  name: string;
  causes: string[];
  met: number;
  of: number;
}

/** A plan, with what was not looked at. */
export interface PlanData {
  kind: "plan";
  on: string;
  level: string;
  causes: Possible[];
  protocols: string[];
  headline: string;
  how_sure: string[];
  missing: string[];
  limits: Limits;
  stage: StageNow;
  exercises: Prescribed[];
  run: Run;
  week: Day[];
  education: string[];
  avoid: string[];
  weeks: Weeks;
  race: string | null;
  check_on: string;
  separates: string[];
  refer_when: string[];
  sources: string[];
  days: Day[];
  short: Short[];
  cross: boolean;
  wishes: Wishes | null;
  cross_kinds: string[];
  notes: string[];
  advice: Tip[];
  anatomy: Part[];
  not_looked_at: string[];
}

/** The history of the plan, newest first; UNDO is the event that can be taken back, if it changed the plan. */
export interface PlanHistory {
  held: boolean;
  undo: number | null;
  versions: VersionData[];
}

/** What the runner can and wants to do; what is left out stays as it was, null takes it back to what is usual. */
export interface PlanIn {
  minutes_a_day?: number | null;
  days_a_week?: number | null;
  equipment?: string[] | null;
  race_on?: string | null;
  race_km?: number | null;
  on_days?: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[] | null;
  rest_day?: "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" | null;
  run_minutes?: number | null;
  runs_a_week?: number | null;
  strength_a_week?: number | null;
  weeks?: number | null;
  cross_training?: boolean | null;
}

/** The same, with the stages of the plan one by one. */
export interface PlanShown {
  plan: PlanData | ReferralData | null;
  event: number | null;
  stages: StageLine[];
}

/** The plan or referral that stands. */
export interface Planned {
  plan: PlanData | ReferralData | null;
  event: number | null;
}

/** What a run in mind would be. */
export interface PlannedRun {
  km: number;
  state: string | null;
  says: string;
}

/** A cause that shapes the plan, with its probability and interval. */
export interface Possible {
  id: string;
  name: string;
  probability: number;
  low: number;
  high: number;
}

/** One exercise at its dose, with all that is needed to do it safely; SWAPS name others for the same target. */
export interface Prescribed {
  id: string;
  name: string;
  purpose: string;
  targets: string[];
  equipment: string[];
  impact: boolean;
  sets: [number, number];
  reps: [number, number];
  hold_s: [number, number] | null;
  rest_s: [number, number];
  per_week: [number, number];
  tempo: string;
  dose: string;
  steps: string[];
  cues: string[];
  errors: string[];
  progress_when: string;
  stop_when: string;
  easier: string | null;
  harder: string[];
  sources: string[];
  grade: string;
  swaps: string[];
  side: string;
}

/** What went wrong, where, why, and what to do next. */
export interface Problem {
  type: string;
  status: number;
  id: string;
  title: string;
  where: string;
  detail: string;
  next: string;
  fields: Fault[];
  conflict?: Record<string, unknown> | null;
}

/** A finding that a text may tell, and the phrase that says so. */
export interface ProposalData {
  finding: string;
  state: string;
  standing: string;
  phrase: string;
  start: number;
  end: number;
  alarming: boolean;
}

/** What is proposed for the plan, each with its reason. */
export interface Proposed {
  proposed: Change[];
}

/** What the training data are worth. */
export interface QualityData {
  on: string;
  weeks: GradedWeek[];
  unknown_days: string[];
  faults: DataFault[];
  merged_runs: number;
}

/** One of the weekly questions and its answers, from 0 on. */
export interface Question {
  id: string;
  question: string;
  answers: string[];
}

/** A question, its states and their words. */
export interface QuestionData {
  id: string;
  group: string;
  about: string;
  kind: string;
  question: string;
  help: string;
  states: string[];
  labels: Record<string, string>;
  alarming: string[];
  first_page: string | null;
  holds_d: number;
  sensed_by: string;
  why?: string;
}

/** The next question; AT is the page that asks for it beside others, or for what is still open in the end. */
export interface Questions {
  event: number | null;
  next: QuestionData | null;
  left: number;
  at: "check" | "where" | "who" | null;
}

/** About how many questions are still to come. */
export interface QuestionsAhead {
  ahead: number;
}

/** Weeks until a race of RACE_KM is sensible: from LOW to HIGH, the middle MIDDLE; None: beyond what is looked at. */
export interface RaceCheck {
  race_km: number;
  weeks_left: number | null;
  low: number | null;
  middle: number | null;
  high: number | null;
  chance: number | null;
  answer: string;
  says: string[];
  deferrals: Deferral[];
  sources: string[];
}

/** The race check, and how far it can be trusted. */
export interface Raced {
  check: RaceCheck;
  checked: string[];
}

/** The last run of which nothing was told yet; its length, where it is known. */
export interface Ran {
  on: string;
  run: string;
  km: number | null;
  laps: LapData[];
}

/** One reason for or against a cause. */
export interface ReasonData {
  finding: string;
  state: string;
  says: string;
  decibans: number;
  sources: string[];
}

/** Who should be seen, how fast, what to do until then, and what to say there. */
export interface Referral {
  kind: "referral";
  on: string | null;
  level: "self_care" | "routine" | "within_days" | "same_day" | "emergency";
  bone_stress: boolean;
  too_young: boolean;
  what: string;
  how_fast: string;
  until_then: string[];
  say_there: string;
  because: string[];
  codes: string[];
  number: string | null;
  sources: string[];
}

/** A referral, with what was not looked at. */
export interface ReferralData {
  kind: "referral";
  on: string | null;
  level: "self_care" | "routine" | "within_days" | "same_day" | "emergency";
  bone_stress: boolean;
  too_young: boolean;
  what: string;
  how_fast: string;
  until_then: string[];
  say_there: string;
  because: string[];
  codes: string[];
  number: string | null;
  sources: string[];
  not_looked_at: string[];
}

/** Whom to see, and for which PAIN; PAIN is null where that is for the runner, or for nobody. */
export interface ReferredFor {
  referral: Referral | null;
  pain: Pain | null;
}

/** An exported file. */
export interface RestoreIn {
  upload: string;
  replace?: boolean;
}

/** A rule or wish that stands against a move. */
export interface Ruled {
  rule: string;
  says: string;
}

/** How running goes on: MODE none, ask, gate (walk first), ladder or free; STAGE 1 to 10, 11 is free running. */
export interface Run {
  mode: string;
  stage: number | null;
  session: Session | null;
  says: string[];
  asks: string[];
  sources: string[];
  passes: number;
  bone: boolean;
}

/** The totals of one run; null is not known. */
export interface RunData {
  id: string;
  file: string | null;
  name: string | null;
  gear: string | null;
  sport: string;
  sub_sport: string | null;
  started_at: string;
  local_date: string;
  distance_m: number | null;
  timer_s: number | null;
  elapsed_s: number | null;
  records: number;
  cadence_spm: number | null;
  heart_rate_bpm: number | null;
  ascent_m: number | null;
  perceived_effort: number | null;
  laps: LapData[];
  sources: SourceOfRun[];
  notes: string[];
}

/** A run noted by hand. */
export interface RunIn {
  distance_km?: number | null;
  minutes?: number | null;
  started_at?: string | null;
  sport?: string;
  effort?: number | null;
}

/** The load of one run. */
export interface RunLoad {
  date: string;
  run: string;
  distance_m: number | null;
  timer_s: number | null;
  steps: number | null;
  ascent_m: number | null;
  descent_m: number | null;
  climb_m_per_km: number | null;
  hilly: boolean | null;
  speed_mps: number | null;
  zone: string | null;
  srpe_au: number | null;
  trimp: number | null;
  dose_steps: number | null;
  dose_low: number | null;
  dose_high: number | null;
  grade: "A" | "B" | "C" | "D" | null;
}

/** One run, with what load, data and the runner say of it; TIME and PACE as they are read. */
export interface RunPage {
  run: RunData;
  time: string | null;
  pace: string | null;
  descent_m: number | null;
  spike: LongRun | null;
  faults: string[];
  pain: PainFrom | null;
  pain_lap: number | null;
}

/** Runs, newest first, and how many there are. */
export interface Runs {
  runs: RunData[];
  count: number;
}

/** It is done. */
export interface Said {
  says: string;
}

/** The score of a week, 0 to 100, told on a day. */
export interface Score {
  on: string;
  score: number;
}

/** The second way of reasoning: its level, what it sees, and in what it differs from the first. */
export interface SecondData {
  level: "self_care" | "routine" | "within_days" | "same_day" | "emergency";
  disagreement: string | null;
  pictures: PictureData[];
}

/** One session of the walk-run ladder, with five minutes of walking before and after. */
export interface Session {
  stage: number;
  run_s: number;
  walk_s: number;
  repeats: number;
  run_min: number;
  total_min: number;
  passes: number;
  says: string;
  source: string;
}

/** A session: its exercises, and the worst pain in it. */
export interface SessionIn {
  done: DoneIn[];
  pain?: number | null;
  made_at?: string | null;
}

/** How things are shown. */
export interface Settings {
  units: "km" | "mi";
  week_start: "monday" | "sunday";
  language: string;
  text_size: "normal" | "large" | "largest";
  contrast: "normal" | "high";
  motion: "system" | "reduced";
  theme: "system" | "light" | "dark";
  sound: boolean;
  paper: "a4" | "letter";
  consent_at: string | null;
  seen: string[];
}

/** How things are shown; what is left out stays as it was. */
export interface SettingsIn {
  units?: "km" | "mi" | null;
  week_start?: "monday" | "sunday" | null;
  language?: string | null;
  text_size?: "normal" | "large" | "largest" | null;
  contrast?: "normal" | "high" | null;
  motion?: "system" | "reduced" | null;
  theme?: "system" | "light" | "dark" | null;
  sound?: boolean | null;
  paper?: "a4" | "letter" | null;
  consent_at?: string | null;
  seen?: string[] | null;
}

/** The last thing that was done. */
export interface Settled {
  event: number | null;
}

/** One exercise of the version for a day without time: ID, so many SETS of its usual dose, the same in words. */
export interface Short {
  id: string;
  name: string;
  sets: number;
  says: string;
}

/** Who says so. */
export interface SourceData {
  title: string;
  year: number | null;
  authors: string | null;
  where: string | null;
  doi: string | null;
  design: Grade;
  says: string | null;
  id: string;
}

/** A file that a run was read from. */
export interface SourceOfRun {
  file: string | null;
  kind: string;
  maker: string | null;
  product: string | null;
}

/** A run that was longer than the longest of the 30 days before it; HRR is the hazard ratio of its band. */
export interface Spike {
  date: string;
  run: string;
  distance_m: number;
  longest_30d_m: number;
  excess: number;
  state: "small" | "moderate" | "large";
  hrr: number | null;
  hrr_low: number | null;
  hrr_high: number | null;
  grade: "A" | "B" | "C" | "D" | null;
  excess_low: number | null;
  excess_high: number | null;
  sure: boolean;
  sure_share: number;
}

/** A run was split: the runs that it was put together from. */
export interface Split {
  event: number | null;
  runs: RunData[];
}

/** A run kilometre by kilometre (mile by mile), as a table. */
export interface SplitTable {
  heads: string[];
  rows: ((string | number | null)[])[];
}

/** One stage: its NUMBER and NAME, how it is entered and left, whether it is past, now or ahead. */
export interface StageLine {
  number: number;
  name: string;
  enter: string;
  leave: string;
  stands: "past" | "now" | "ahead";
  needs: Need[];
}

/** The stage of rehab: NUMBER of COUNT, how it is entered and left, and how long it takes at least. */
export interface StageNow {
  id: string;
  number: number;
  count: number;
  enter: string;
  leave: string;
  least_days: number;
  says: string;
  source: string;
  grade: string;
  days: [number, number];
}

/** Where a client stands. */
export interface Standing {
  runner: "me" | "sample";
  sample: boolean;
  lan: boolean;
  on: string;
  zone_offset_min: number;
}

/** What was measured along a run, row by row: the mean over the time, the least and the most within the row. */
export interface StreamData {
  name: "speed_mps" | "heart_rate_bpm" | "cadence_spm" | "altitude_m";
  mean: (number | null)[];
  low: (number | null)[] | null;
  high: (number | null)[] | null;
}

/** The curves of a run: RECORDS samples in rows, TIMER_S without pauses; DISTANCE_M null: not known. */
export interface StreamsData {
  run: string;
  records: number;
  timer_s: number[];
  distance_m: number[] | null;
  streams: StreamData[];
  breaks: BreakData[];
  splits: SplitTable;
}

/** A day that a session could be moved to. */
export interface TargetData {
  on: string;
  allowed: boolean;
  broken: Ruled[];
  also: string[];
  says: string;
}

/** One advice: WHEN it matters, what it SAYS, what we make of it (VERDICT) and the EVIDENCE behind it, graded. */
export interface Tip {
  id: string;
  name: string;
  when: string;
  says: string;
  verdict: string;
  evidence: string;
  grade: string;
  sources: string[];
}

/** What to do today, with what was not looked at. */
export interface TodayData {
  kind: "today";
  on: string;
  rule: string;
  outcome: string;
  verdict: string;
  colour: string;
  headline: string;
  reason: string;
  inputs: Input[];
  limits: Limits;
  ceiling_km: number | null;
  ceiling_min: number | null;
  ceiling_says: string;
  walk_min: number | null;
  session: Session | null;
  stop_rules: string[];
  notes: string[];
  next_check: NextCheck;
  would_change: string[];
  asks: string[];
  referral: Referral | null;
  bounds: Bound[];
  sources: string[];
  flips: Flip[];
  override: string | null;
  not_looked_at: string[];
}

/** What was kept, and the next question. */
export interface Told {
  event: number | null;
  next: QuestionData | null;
  left: number;
  at: "check" | "where" | "who" | null;
  kept: Record<string, string>;
}

/** A single answer that, told otherwise, would change the urgency or the cause on top. */
export interface TurningPoint {
  changes: "level" | "cause";
  finding: string;
  question: string;
  state: string;
  answer: string;
  then: string;
  answer_then: string;
  level: "self_care" | "routine" | "within_days" | "same_day" | "emergency";
  level_then: "self_care" | "routine" | "within_days" | "same_day" | "emergency";
  level_says: string;
  top: string;
  top_then: string | null;
  top_says: string;
}

/** What would change the picture; none where somebody must be seen first. */
export interface TurningPoints {
  points: TurningPoint[];
}

/** The event that is to be taken back. */
export interface UndoIn {
  event: number;
}

/** What was taken back. */
export interface Undone {
  event: number;
  kind: string;
  says: string;
}

/** How long an exercise is not for a cause: until a stage, until a clinician has cleared the bone, or always. */
export type Until = "load" | "capacity" | "return" | "cleared" | "always";

/** A file that lies ready. */
export interface Uploaded {
  upload: string;
  name: string;
  bytes: number;
}

/** One line of the history; BEFORE and AFTER are lines in words, each perhaps about a day. */
export interface VersionData {
  number: number;
  on: string;
  kind: string;
  item: string | null;
  name: string | null;
  says: string;
  rule: string | null;
  sources: string[];
  before: Line[];
  after: Line[];
  everyday: boolean;
}

/** A clinician (BY whom) has looked at a pain since somebody was to: the one looked at now, or another open PAIN. */
export interface VisitIn {
  by: string;
  pain?: string | null;
}

/** What the verdict of today waits for: the page that asks for it, or the question; the last thing that was done. */
export interface Wanted {
  event: number | null;
  next: QuestionData | null;
  at: "check" | "where" | "who" | "checkin" | "after_run" | null;
}

/** One week of training; null is not known. GRADE says what its data are worth, WHOLE that all of it is known. */
export interface WeekData {
  monday: string;
  runs: number;
  distance_m: number;
  timer_s: number;
  steps: number | null;
  longest_m: number | null;
  longest_30d_m: number | null;
  ascent_m: number | null;
  descent_m: number | null;
  srpe_au: number | null;
  trimp: number | null;
  dose_steps: number | null;
  whole: boolean;
  change_pct: number | null;
  grade: "A" | "B" | "C" | "D" | null;
  unknown_d: number;
  distance_low_m: number | null;
  distance_high_m: number | null;
}

/** What the weeks told so far say together. */
export interface WeeklyData {
  scores: Score[];
  substantial: boolean;
  follows: string;
  improving: boolean;
  says: string[];
  sources: string[];
}

/** The weekly answers; PARTICIPATION is always needed. */
export interface WeeklyIn {
  participation: number;
  training?: number | null;
  performance?: number | null;
  symptoms?: number | null;
  made_at?: string | null;
}

/** The weekly questions: after an answer of ALONE at the first one no other is asked. HELD: the plan rests. */
export interface WeeklyQuestions {
  held: boolean;
  due: boolean;
  questions: Question[];
  alone: number[];
  weeks: WeeklyData | null;
  chart: ChartData | null;
}

/** A week that was told. */
export interface WeeklyTold {
  event: number | null;
  weeks: WeeklyData;
}

/** How long it may take, as a range; SAYS what the source says. */
export interface Weeks {
  low: number;
  high: number;
  says: string;
  source: string;
  grade: string;
}

/** What stands behind a number; OWN says so where that is a count of the runner's own log, and nothing else. */
export interface WhyData {
  title: string;
  value: string | null;
  what: string;
  rule: string[];
  from: WhyFrom[];
  sure: string[];
  evidence: WhyEvidence[];
  sources: SourceData[];
  own: string;
  would_change: string[];
  versions: Record<string, string>;
}

/** A number or a rule of the knowledge behind it: RANGE is what is still believable, OF whom it holds of. */
export interface WhyEvidence {
  says: string;
  value: number | null;
  range: [number, number] | null;
  unit: string;
  of: string;
  at: string;
  grade: string;
  grade_says: string;
  mark_says: string;
  source: string;
}

/** Something that a number was made from, the day it stands for, and a note on it. */
export interface WhyFrom {
  says: string;
  value: string;
  on: string | null;
  note: string;
}

/** The wishes that stand, and what can be wished. HELD: somebody must be seen first. */
export interface Wished {
  held: boolean;
  wishes: Wishes;
  equipment: Named[];
  weekdays: Named[];
}

/** What the runner can and wants to do; None and () where nothing was wished. */
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
  cross_training: boolean;
}

/** What a text proposes; nothing of it counts until it is told as an answer. */
export interface Words {
  proposals: ProposalData[];
  age: number | null;
  sex: string | null;
  not_understood: string[];
}

/** A text in the runner's own words. */
export interface WordsIn {
  text: string;
}
