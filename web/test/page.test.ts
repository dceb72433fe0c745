import { expect, test } from "vitest";
import { blocksOf } from "../src/state/page";

const words = (text: string) => [{ kind: "words", text }];

test("headings, lists, tables and paragraphs are told apart", () => {
  const page = ["# Hip pain", "", "Age: 34.", "", "- one **Yes** (today)", "- two", "", "## Weeks", "", "| week | km |", "|---|---:|", "| 1 | 20.0 |"];
  expect(blocksOf(page.join("\n"))).toEqual([
    { kind: "heading", level: 1, text: words("Hip pain") },
    { kind: "paragraph", text: words("Age: 34.") },
    {
      kind: "list",
      items: [[{ kind: "words", text: "one " }, { kind: "bold", text: "Yes" }, { kind: "words", text: " (today)" }], words("two")],
    },
    { kind: "heading", level: 2, text: words("Weeks") },
    { kind: "table", head: [words("week"), words("km")], rows: [[words("1"), words("20.0")]], numbers: [false, true] },
  ]);
});

test("a stroke within a cell stays, an empty cell keeps its place, a break is one", () => {
  const [table] = blocksOf("| a | b |\n|---|---|\n| x \\| y<br>z |  |");
  expect(table).toMatchObject({ rows: [[[{ kind: "words", text: "x | y" }, { kind: "break" }, { kind: "words", text: "z" }], []]] });
});

test("markup of others is words, and nothing is left out", () => {
  expect(blocksOf("<script>alert(1)</script>\n### deeper\n| no table")).toEqual([
    { kind: "paragraph", text: words("<script>alert(1)</script>") },
    { kind: "paragraph", text: words("### deeper") },
    { kind: "paragraph", text: words("| no table") },
  ]);
});
