import { afterEach, beforeAll, expect, test, vi } from "vitest";

vi.stubGlobal("sessionStorage", { getItem: () => null, setItem: () => undefined });

let kept: typeof import("../src/state/settings");
beforeAll(async () => {
  kept = await import("../src/state/settings");
});
afterEach(() => {
  kept.settings.value = { ...kept.settings.value, units: "km" };
});

function inMiles() {
  kept.settings.value = { ...kept.settings.value, units: "mi" };
}

test("a sentence of Python stays as it is for whom kilometres are meant", () => {
  expect(kept.inUnits("At most 13.2 km and 40 minutes.")).toBe("At most 13.2 km and 40 minutes.");
});

test("distances and paces of a sentence are told in miles, all else is left alone", () => {
  inMiles();
  expect(kept.inUnits("At most 13.2 km and 40 minutes.")).toBe("At most 8.2 mi and 40 minutes.");
  expect(kept.inUnits("168.2 steps a minute at 6:00 min/km; 2/10")).toBe("168.2 steps a minute at 9:39 min/mi; 2/10");
});

test("what must not be passed is rounded down, in whatever units", () => {
  expect(kept.atMost(13_250)).toBe("13.2 km");
  expect(kept.atMost(13_200)).toBe("13.2 km");
  inMiles();
  expect(kept.atMost(13_250)).toBe("8.2 mi");
  expect(Number.parseFloat(kept.atMost(4_990)) * 1609.344).toBeLessThanOrEqual(4_990);
});
