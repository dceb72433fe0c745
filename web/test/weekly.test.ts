import { expect, test, vi } from "vitest";
import { toAsk, toTell } from "../src/state/weekly";

vi.stubGlobal("sessionStorage", { getItem: () => null, setItem: () => undefined });
const { fromKm, toKm } = await import("../src/state/lengths");
const { settings } = await import("../src/state/settings");

const questions = ["first", "second", "third"].map((id) => ({ id, question: id, answers: ["0", "1", "2", "3"] }));
const asked = { questions, alone: [0, 3] };

test("one question stands alone until its answer asks for more", () => {
  expect(toAsk(asked, {}).map(({ id }) => id)).toEqual(["first"]);
  expect(toAsk(asked, { first: 0 }).map(({ id }) => id)).toEqual(["first"]);
  expect(toAsk(asked, { first: 2 }).map(({ id }) => id)).toEqual(["first", "second", "third"]);
  expect(toAsk({ questions: [], alone: [] }, {})).toEqual([]);
});

test("a week is told once every question that is asked has its answer", () => {
  expect(toTell(asked, {})).toBeNull();
  expect(toTell(asked, { first: 1, second: 0 })).toBeNull();
  expect(toTell(asked, { first: 1, second: 0, third: 2 })).toEqual({ first: 1, second: 0, third: 2 });
});

test("answers to questions that are no longer asked are not told", () => {
  expect(toTell(asked, { first: 3, second: 2, third: 2 })).toEqual({ first: 3 });
});

test("a race is typed in the runner's own units and told in kilometres", () => {
  expect([toKm(10), fromKm(21.1)]).toEqual([10, 21.1]);
  settings.value = { ...settings.value, units: "mi" };
  expect([toKm(10), fromKm(42.2)]).toEqual([16.093, 26.2]);
  settings.value = { ...settings.value, units: "km" };
});
