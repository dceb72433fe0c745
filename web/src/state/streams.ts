/** The curves of a run: where its rows lie along an axis, what is seen of it, and how a pace is told. Nothing is judged. */
import type { Streams } from "../api/types";

export type Along = "length" | "time";
/** What is seen of the axis: from, to. */
export type View = readonly [number, number];
type Cell = number | null;

export interface Curves {
  /** Where each row lies; where a curve breaks off stands a row of nothing. */
  xs: number[];
  /** By the name of a stream: mean, least and most, or mean alone. */
  columns: Record<string, Cell[][]>;
}

const S_PER_MIN = 60;
const KM_M = 1000;
const MILE_M = 1609.344;
/** Closer than this share of the whole run nothing more is to be seen. */
const CLOSEST = 1 / 200;
const STEPS_S = [1, 5, 10, 15, 30, 60, 120, 300, 600, 1800];

/** Return how many metres the runner's unit has. */
export function metresOf(units: "km" | "mi"): number {
  return units === "mi" ? MILE_M : KM_M;
}

/** Return the rows of DATA along an axis: in units of UNIT_M metres, or in minutes. A pause is a gap, never a line. */
export function curvesOf(data: Streams, along: Along, unitM: number): Curves {
  const places = placesOf(data, along, unitM);
  const broken = new Set(data.breaks.map((each) => each.row));
  const spread = <Value>(values: readonly Value[], gap: (row: number) => Value): Value[] =>
    values.flatMap((value, row) => (broken.has(row) && row > 0 ? [gap(row), value] : [value]));
  const columns: Record<string, Cell[][]> = {};
  for (const stream of data.streams) {
    const held = stream.low && stream.high ? [stream.mean, stream.low, stream.high] : [stream.mean];
    columns[stream.name] = held.map((values) => spread<Cell>(values, () => null));
  }
  return { xs: spread(places, (row) => ((places[row - 1] ?? 0) + (places[row] ?? 0)) / 2), columns };
}

function placesOf(data: Streams, along: Along, unitM: number): number[] {
  if (along === "length" && data.distance_m) return data.distance_m.map((metres) => metres / unitM);
  return data.timer_s.map((seconds) => seconds / S_PER_MIN);
}

/** Return where a way of METRES lies along an axis, null where the run does not tell. */
export function placeOf(data: Streams, along: Along, unitM: number, metres: number): number | null {
  const ways = data.distance_m;
  if (!ways || ways.length === 0) return null;
  if (along === "length") return metres / unitM;
  const row = nearest(ways, metres);
  return (data.timer_s[row] ?? 0) / S_PER_MIN;
}

/** Return the place of the value nearest to WANTED in VALUES, which rise. */
export function nearest(values: readonly number[], wanted: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  const before = values[low - 1];
  return before !== undefined && wanted - before <= (values[low] ?? before) - wanted ? low - 1 : low;
}

/** Return a VIEW that is TIMES as wide, around a place of it, within the WHOLE. */
export function zoomed(view: View, whole: View, times: number, around = (view[0] + view[1]) / 2): View {
  const all = whole[1] - whole[0];
  const wide = Math.min(all, Math.max(all * CLOSEST, (view[1] - view[0]) * times));
  const share = (around - view[0]) / (view[1] - view[0] || 1);
  return within([around - wide * share, around + wide * (1 - share)], whole);
}

/** Return a VIEW moved by a share of its own width, no farther than the WHOLE goes. */
export function moved(view: View, whole: View, by: number): View {
  const step = (view[1] - view[0]) * by;
  return within([view[0] + step, view[1] + step], whole);
}

/** Return what was dragged over as a view, or null where it was a tap. */
export function dragged(from: number, to: number, whole: View): View | null {
  const [low, high] = from < to ? [from, to] : [to, from];
  if (high - low < (whole[1] - whole[0]) * CLOSEST) return null;
  return [Math.max(low, whole[0]), Math.min(high, whole[1])];
}

function within([from, to]: View, whole: View): View {
  const wide = to - from;
  if (from < whole[0]) return [whole[0], Math.min(whole[1], whole[0] + wide)];
  if (to > whole[1]) return [Math.max(whole[0], whole[1] - wide), whole[1]];
  return [from, to];
}

/** Return the time that a unit takes at a speed ("5:08"). */
export function paceOf(speedMps: number, unitM: number): string {
  return clock(unitM / speedMps);
}

/** Return seconds as a clock shows them: "31:07", "1:04:30". */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / (S_PER_MIN * S_PER_MIN));
  const minutes = Math.floor(whole / S_PER_MIN) % S_PER_MIN;
  const rest = String(whole % S_PER_MIN).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** Return the speeds of about COUNT round paces between two speeds: the axis is even in speed, its words are paces. */
export function paceTicks(slow: number, fast: number, unitM: number, count = 4): number[] {
  const step = (fast - slow) / count;
  const speeds = Array.from({ length: count }, (_, place) => slow + step * (place + 0.5)).filter((speed) => speed > 0);
  const ticks = speeds.map((speed) => {
    const apart = unitM / speed - unitM / (speed + step);
    const round = [...STEPS_S].reverse().find((each) => each <= apart) ?? 1;
    return unitM / (Math.round(unitM / speed / round) * round);
  });
  return [...new Set(ticks)].filter((speed) => Number.isFinite(speed) && speed >= slow && speed <= fast);
}
