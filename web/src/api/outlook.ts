/** What the screens call the answers about what lies ahead and what lay behind, and how a move is asked for. */
import { ask } from "./client";
import type * as Of from "./contract";
import type { PlanDay } from "./types";

export type Kind = "run" | "strength" | "cross";
/** One of them, or all that stands on a day. */
export type Whole = Kind | "all";
/** A day as the goal of a move: allowed, or the rules that it would break, in Python's words. */
export type Goal = Of.TargetData;
export type Moves = Of.MovesData;
type Days = { days?: PlanDay[] };
/** A change of the plan; of what it changes only the days are looked at. */
export type Change = Of.Change & { before: Days; after: Days };
export type History = Of.PlanHistory;
export type Line = Of.Line;
export type Locks = Of.Locks;
export type Made = Of.Planned;
export type Race = Of.Raced;
export type Version = Of.VersionData;
export type Weekly = Of.WeeklyQuestions;
export type WeeklyQuestion = Of.Question;
export type Weeks = Of.WeeklyData;
export type Wished = Of.Wished;
export type Wishes = Of.Wishes;

/** Return where what stands on the day ON may go. Never from memory: only Python, now, knows the rules. */
export const movesFrom = (on: string) => ask<Moves>(`/plan/moves?on=${on}`);

/** Move what stands on a day to another one; Python looks at the rules again. */
export const move = (kind: Whole, from: string, to: string) =>
  ask<Made>("/plan/move", { method: "POST", body: { kind, from, to } });
