import { expect, test } from "vitest";
import type { Streams } from "../src/api/types";
import {
  clock,
  curvesOf,
  dragged,
  metresOf,
  moved,
  nearest,
  paceOf,
  paceTicks,
  placeOf,
  type View,
  zoomed,
} from "../src/state/streams";

const RUN: Streams = {
  run: "a",
  records: 4,
  timer_s: [0, 60, 120, 180],
  distance_m: [0, 200, 400, 600],
  streams: [
    { name: "speed_mps", mean: [3, 3.2, null, 3.4], low: [2, 3, null, 3], high: [4, 4, null, 4] },
    { name: "altitude_m", mean: [10, 0, 11, 12], low: null, high: null },
  ],
  breaks: [{ row: 2, seconds: 90 }],
  splits: { heads: [], rows: [] },
};
const WHOLE: View = [0, 10];

test("a pause is a gap in every curve, and takes no room of the axis", () => {
  const { xs, columns } = curvesOf(RUN, "time", 1000);
  expect(xs).toEqual([0, 1, 1.5, 2, 3]);
  expect(columns.speed_mps).toEqual([
    [3, 3.2, null, null, 3.4],
    [2, 3, null, null, 3],
    [4, 4, null, null, 4],
  ]);
  expect(columns.altitude_m).toEqual([[10, 0, null, 11, 12]]);
});

test("along the way rows lie in the runner's unit, and by time where the way is not known", () => {
  expect(curvesOf(RUN, "length", 1000).xs).toEqual([0, 0.2, 0.30000000000000004, 0.4, 0.6]);
  expect(curvesOf(RUN, "length", metresOf("mi")).xs.at(-1)).toBeCloseTo(0.3728, 4);
  expect(curvesOf({ ...RUN, distance_m: null }, "length", 1000).xs).toEqual([0, 1, 1.5, 2, 3]);
});

test("a lap lies where its metres lie, along the way and in time", () => {
  expect(placeOf(RUN, "length", 1000, 410)).toBe(0.41);
  expect(placeOf(RUN, "time", 1000, 410)).toBe(2);
  expect(placeOf({ ...RUN, distance_m: null }, "time", 1000, 410)).toBe(null);
});

test("the nearest row is found in the middle, at the ends, and beyond them", () => {
  const values = [0, 10, 10, 30];
  expect([-5, 4, 5, 6, 19, 21, 99].map((wanted) => nearest(values, wanted))).toEqual([0, 0, 0, 1, 2, 3, 3]);
  expect(nearest([], 3)).toBe(0);
});

test("looking closer keeps the place under the eye, and never leaves the run", () => {
  expect(zoomed(WHOLE, WHOLE, 0.5, 2)).toEqual([1, 6]);
  expect(zoomed([1, 6], WHOLE, 2)).toEqual(WHOLE);
  expect(zoomed([0, 2], WHOLE, 2)).toEqual([0, 4]);
  let view = WHOLE;
  for (let times = 0; times < 50; times += 1) view = zoomed(view, WHOLE, 0.5, 9.99);
  expect(view[1] - view[0]).toBeCloseTo(10 / 200, 9);
  expect(view[1]).toBeLessThanOrEqual(10);
});

test("moving stops at both ends of the run without looking closer", () => {
  expect(moved([2, 6], WHOLE, 0.5)).toEqual([4, 8]);
  expect(moved([6, 10], WHOLE, 0.5)).toEqual([6, 10]);
  expect(moved([1, 5], WHOLE, -0.5)).toEqual([0, 4]);
});

test("a drag is a view either way round; a tap is none", () => {
  expect(dragged(7, 3, WHOLE)).toEqual([3, 7]);
  expect(dragged(-1, 3, WHOLE)).toEqual([0, 3]);
  expect(dragged(5, 5.01, WHOLE)).toBe(null);
});

test("paces and times are written as a watch shows them", () => {
  expect(paceOf(1000 / 300, 1000)).toBe("5:00");
  expect(paceOf(1000 / 300, metresOf("mi"))).toBe("8:03");
  expect([0, 59.6, 3599.4, 3600].map(clock)).toEqual(["0:00", "1:00", "59:59", "1:00:00"]);
});

test("the axis of a pace has round paces within what is shown, and none where nothing moves", () => {
  for (const [slow, fast] of [
    [2.4, 3.6],
    [0.2, 5],
    [3.3, 3.34],
  ] as const) {
    const ticks = paceTicks(slow, fast, 1000);
    expect(ticks.length).toBeGreaterThan(0);
    for (const speed of ticks) {
      expect(speed).toBeGreaterThanOrEqual(slow);
      expect(speed).toBeLessThanOrEqual(fast);
      expect(1000 / speed).toBeCloseTo(Math.round(1000 / speed), 6);
    }
  }
  expect(paceTicks(-1, 0, 1000)).toEqual([]);
});
