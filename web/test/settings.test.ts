import { afterEach, beforeAll, expect, test, vi } from "vitest";

vi.stubGlobal("sessionStorage", { getItem: () => null, setItem: () => undefined });

vi.mock("../src/api/client", () => ({ ask: vi.fn(), Unreachable: class extends Error {}, withRunner: (path: string) => path }));
vi.stubGlobal("document", { documentElement: { dataset: {}, lang: "", dir: "" } });
vi.stubGlobal("localStorage", { getItem: () => null, setItem: () => undefined });

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

test("a late answer does not undo a newer choice, and a refused one takes back only itself", async () => {
  const { ask } = await import("../src/api/client");
  const answers: ((settings: unknown) => void)[] = [];
  vi.mocked(ask).mockImplementation(() => new Promise((resolve) => void answers.push(resolve as never)));
  const start = kept.settings.value;
  const first = kept.changeSettings({ contrast: "high" });
  const second = kept.changeSettings({ motion: "reduced" });
  answers[0]?.({ ...start, contrast: "high" });
  await first;
  expect(kept.settings.value.motion).toBe("reduced");
  answers[1]?.({ ...start, contrast: "high", motion: "reduced" });
  await second;
  vi.mocked(ask).mockRejectedValueOnce(new Error("gone"));
  await expect(kept.changeSettings({ theme: "dark" })).rejects.toThrow("gone");
  expect([kept.settings.value.theme, kept.settings.value.motion]).toEqual(["system", "reduced"]);
});
