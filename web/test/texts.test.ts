import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dated } from "../src/texts";
import english from "../src/texts/en.json";
import { pseudo } from "../src/texts/pseudo";
import ofRun from "../src/texts/run.json";

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

const code = files("src")
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(file, "utf-8"))
  .join("\n");

test("every text is said somewhere", () => {
  const templates = [...code.matchAll(/`([a-z_]+\.[a-z_]*)\$\{/g)].map((found) => found[1] as string);
  const silent = Object.keys({ ...english, ...ofRun }).filter(
    (id) => !code.includes(`"${id}"`) && !templates.some((start) => id.startsWith(start)),
  );
  expect(silent).toEqual([]);
});

test("the texts stand in the order of their ids", () => {
  for (const texts of [english, ofRun]) expect(Object.keys(texts)).toEqual(Object.keys(texts).sort());
  expect(Object.keys(ofRun).filter((id) => id in english)).toEqual([]);
});

test("no sentence stands between tags", () => {
  const sentences = code.match(/>\s*[A-Z][a-z]+ [a-z]+ [a-z]+[^<{}]*</g) ?? [];
  expect(sentences).toEqual([]);
});

test("the language of tests keeps what is filled in, and is longer", () => {
  expect(pseudo("Keep {count} runs")).toContain("{count}");
  expect(pseudo("Keep this").length).toBeGreaterThan("Keep this".length * 1.3);
});

test("days in Python's sentences are told as readers write them", () => {
  expect(dated("Not done: 2026-11-23. 2026-11-28: Run.")).toBe("Not done: Mon 23 Nov. Sat 28 Nov: Run.");
  expect(dated("Rule 2026-1, 12026-11-23")).toBe("Rule 2026-1, 12026-11-23");
});
