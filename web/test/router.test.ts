import { expect, test, vi } from "vitest";

vi.stubGlobal("location", { pathname: "/", search: "" });
vi.stubGlobal("addEventListener", () => undefined);
const { match } = await import("../src/router");

test("an address fits its pattern, and fills its blanks", () => {
  expect(match("/exercise/:id", "/exercise/glute_bridge")).toEqual({ id: "glute_bridge" });
  expect(match("/today", "/today")).toEqual({});
});

test.each(["/exercise", "/exercise/a/b", "/plan"])("%s does not fit another pattern", (path) => {
  expect(match("/exercise/:id", path)).toBeNull();
});
