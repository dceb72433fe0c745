/** Who says so: sources by name, asked for when somebody looks. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Source } from "../api/types";
import { say } from "../texts";
import { useAsked } from "./asked";

/** A drawer with the sources of a statement; IDS are asked for one by one when it is opened. */
export function Sources({ ids }: { ids: readonly string[] }): JSX.Element | null {
  const [open, setOpen] = useState(false);
  if (ids.length === 0) return null;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say("sources.title", { count: ids.length })}</summary>
      {open && (
        <ul class="lines small">
          {[...new Set(ids)].map((id) => (
            <One key={id} id={id} />
          ))}
        </ul>
      )}
    </details>
  );
}

function One({ id }: { id: string }): JSX.Element {
  const [asked] = useAsked<Source>(`/sources/${id}`);
  return <li>{asked.state === "there" ? <SourceLine source={asked.answer} /> : id}</li>;
}

/** One source in a line, and what it says. */
export function SourceLine({ source }: { source: Source }): JSX.Element {
  return (
    <>
      <strong>{source.title}</strong>
      {source.year ? ` (${source.year})` : ""}
      {source.where ? `. ${source.where}` : ""}
      {source.says && <p class="quiet">{source.says}</p>}
    </>
  );
}
