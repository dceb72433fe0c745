/** The page for a clinician as blocks, from the text that Python writes: headings, lists, tables, paragraphs, bold words. */

/** A piece of a line: words, bold words, or a new line. */
export type Piece = { kind: "words" | "bold"; text: string } | { kind: "break" };

export type Block =
  | { kind: "heading"; level: 1 | 2; text: Piece[] }
  | { kind: "list"; items: Piece[][] }
  | { kind: "table"; head: Piece[][]; rows: Piece[][][]; numbers: boolean[] }
  | { kind: "paragraph"; text: Piece[] };

const HEADING = /^(#{1,2}) (.*)$/;
const BULLET = /^- (.*)$/;
const RULE = /^\|[-:| ]+\|$/;

/** Return the blocks of a PAGE. What is none of the things above is a paragraph, as it stands: nothing is left out. */
export function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  const lines = page.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const heading = HEADING.exec(line);
    const bullet = BULLET.exec(line);
    const last = blocks.at(-1);
    if (heading) {
      blocks.push({ kind: "heading", level: heading[1] === "#" ? 1 : 2, text: piecesOf(heading[2] ?? "") });
    } else if (bullet) {
      const item = piecesOf(bullet[1] ?? "");
      if (last?.kind === "list" && BULLET.test(lines[at - 1] ?? "")) last.items.push(item);
      else blocks.push({ kind: "list", items: [item] });
    } else if (line.startsWith("|") && RULE.test(lines[at + 1] ?? "")) {
      const numbers = cellsOf(lines[at + 1] ?? "").map((cell) => cell.trim().endsWith(":"));
      blocks.push({ kind: "table", head: cellsOf(line).map(piecesOf), rows: [], numbers });
      at += 1;
    } else if (line.startsWith("|") && last?.kind === "table" && (lines[at - 1] ?? "").startsWith("|")) {
      last.rows.push(cellsOf(line).map(piecesOf));
    } else if (line.trim()) {
      blocks.push({ kind: "paragraph", text: piecesOf(line) });
    }
  }
  return blocks;
}

/** Return the cells of a row; a stroke that is part of the words is written with a backslash before it. */
function cellsOf(row: string): string[] {
  return row
    .replace(/^\|/, "")
    .replace(/\|\s*$/, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll("\\|", "|").trim());
}

function piecesOf(text: string): Piece[] {
  return text
    .split(/(\*\*.+?\*\*|<br>)/)
    .filter(Boolean)
    .map((part): Piece => {
      if (part === "<br>") return { kind: "break" };
      if (/^\*\*.+\*\*$/.test(part)) return { kind: "bold", text: part.slice(2, -2) };
      return { kind: "words", text: part };
    });
}
