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

test("what Python says is asked for anew once it speaks in the units that were chosen", async () => {
  const { ask } = await import("../src/api/client");
  const start = kept.settings.value;
  let answer: (settings: unknown) => void = () => undefined;
  vi.mocked(ask).mockImplementation(() => new Promise((resolve) => void (answer = resolve as never)));
  const changed = kept.changeSettings({ units: "mi" });
  expect([kept.settings.value.units, kept.voice.value]).toEqual(["mi", "en km"]);
  answer({ ...start, units: "mi" });
  await changed;
  expect(kept.voice.value).toBe("en mi");
});

test("minutes are a most too, and rounded down", () => {
  expect([kept.duration(25.5 * 60), kept.duration(0.55 * 100 * 60), kept.duration(3_959)]).toEqual([
    "25 min",
    "55 min",
    "1 h 05 min",
  ]);
});
