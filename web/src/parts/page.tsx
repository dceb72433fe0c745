/** The page for a clinician as it is printed. */
import { Fragment, type JSX } from "preact";
import { type Block, blocksOf, type Piece } from "../state/page";

/** Show the page that Python wrote as TEXT. */
export function Paper({ text }: { text: string }): JSX.Element {
  return (
    <article class="paper">
      {blocksOf(text).map((block, place) => (
        <One key={place} block={block} />
      ))}
    </article>
  );
}

function One({ block }: { block: Block }): JSX.Element {
  switch (block.kind) {
    case "heading":
      return block.level === 1 ? <h2>{inline(block.text)}</h2> : <h3>{inline(block.text)}</h3>;
    case "paragraph":
      return <p>{inline(block.text)}</p>;
    case "list":
      return (
        <ul>
          {block.items.map((item, place) => (
            <li key={place}>{inline(item)}</li>
          ))}
        </ul>
      );
    case "table":
      return <Table table={block} />;
  }
}

/** A table; on a phone each row is a small list, with the names of the columns beside what stands in them. */
function Table({ table }: { table: Extract<Block, { kind: "table" }> }): JSX.Element {
  const look = (place: number) => (table.numbers[place] ? "number" : "");
  return (
    <table class={table.head.length > 4 ? "figures" : "words"}>
      <thead>
        <tr>
          {table.head.map((cell, place) => (
            <th key={place} scope="col" class={look(place)}>
              {inline(cell)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, at) => (
          <tr key={at}>
            {row.map((cell, place) => (
              <td key={place} class={look(place)} data-name={nameOf(table.head[place])}>
                {inline(cell)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function nameOf(head: Piece[] = []): string {
  return head.map((piece) => (piece.kind === "break" ? " " : piece.text)).join("");
}

function inline(pieces: Piece[]): JSX.Element[] {
  return pieces.map((piece, place) => {
    if (piece.kind === "break") return <br key={place} />;
    return piece.kind === "bold" ? <strong key={place}>{piece.text}</strong> : <Fragment key={place}>{piece.text}</Fragment>;
  });
}
