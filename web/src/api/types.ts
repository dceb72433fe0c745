/** What the screens call the server's answers. The answers themselves stand in `contract.ts`, made by web/contract.py. */
import type * as Of from "./contract";

export type Acwr = Of.Acwr;
export type Assessment = Of.Assessed;
export type Athlete = Of.Athletes;
export type Cause = Of.CauseData;
export type Change = Of.Change;
export type Done = Of.EventData;
export type Drawn = Of.ChartData;
/** An exercise of a plan, with its dose; a range is [least, most]. */
export type Exercise = Of.Prescribed;
export type ExerciseCard = Of.ExerciseCard;
export type FileLine = Of.FileData;
export type FormOf = Of.FormData;
export type ImportReport = Of.ImportReport;
export type Job = Of.JobData;
export type Level = Of.Referral["level"];
export type Load = Of.LoadData;
export type Metric = Of.MetricData;
/** One run, with what load, data and the runner say of it. */
export type OneRun = Of.RunPage;
export type Pain = Of.Pain;
export type Plan = Of.PlanData;
/** The plan as its own screen asks for it; STAGES is missing in answers that an older hipwise gave. */
export type PlanShown = { plan: Plan | Referral | null; stages?: StageLine[] };
export type PlanDay = Of.Day;
export type Quality = Of.QualityData;
export type Question = Of.QuestionData;
export type Reason = Of.ReasonData;
/** Whom to see; beside a plan it also says what was not looked at. */
export type Referral = Of.Referral & { not_looked_at?: string[] };
export type Run = Of.RunData;
export type Settings = Of.Settings;
export type Streams = Of.StreamsData;
export type Source = Of.SourceData;
/** The verdict of a day; on its own screen more stands beside it. */
export type Today = Of.TodayData;
export type TodayScreen = Of.DayData;
export type ExercisesToday = Of.ExercisesToday;
export type PainLine = Of.PainLine;
export type StageLine = Of.StageLine;
export type TurningPoint = Of.TurningPoint;
export type Why = Of.WhyData;
/** A verdict as it is told offline too, where the table holds less of it than Python says. */
export type Verdict = Of.AheadVerdict;
