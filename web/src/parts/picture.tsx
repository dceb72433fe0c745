/** A picture that Python drew: charts and exercise figures, as they are on paper too. */
import type { JSX } from "preact";

/** Show SVG made by hipwise itself (never text of somebody else: it is put into the page as it is). */
export function Picture({ svg }: { svg: string }): JSX.Element {
  return <div class="picture" dangerouslySetInnerHTML={{ __html: svg }} />;
}

interface Rows {
  columns: string[];
  rows: (string | number | null)[][];
}

/** The same as a table, for those who read rather than look. */
export function AsTable({ title, says, data }: { title: string; says?: string; data: Rows }): JSX.Element {
  return (
    <details>
      <summary>{title}</summary>
      {says && <p class="small chart-says">{says}</p>}
      <div style={{ overflowX: "auto" }} tabIndex={0} role="region" aria-label={title}>
        <table>
          <thead>
            <tr>
              {data.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row, place) => (
              <tr key={place}>
                {row.map((cell, column) => (
                  <td key={column}>{cell ?? "–"}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
