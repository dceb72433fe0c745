/** S12: the plan's history. What changed, from what to what, why, and who says so. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { History as HistoryOf, Line, Version } from "../api/outlook";
import { reachable } from "../offline/answers";
import { useAsked } from "../parts/asked";
import { Back } from "../parts/back";
import { Rests } from "../parts/rests";
import { Shell } from "../parts/shell";
import { Sources } from "../parts/sources";
import { Empty, Stale, When } from "../parts/states";
import { undo } from "../state/undo";
import { dated, day, say } from "../texts";

const MOST = 7;

/** Show the versions of the plan, newest first. */
export function History(): JSX.Element {
  const [asked, again] = useAsked<HistoryOf>("/plan/versions?most=200");
  return (
    <Shell title={say("history.title")}>
      <When asked={asked} again={again}>
        {(history, at) => (
          <>
            {!reachable.value && <Stale at={at} />}
            {history.held ? <Rests /> : <Versions {...history} again={again} />}
          </>
        )}
      </When>
      <Back to="/plan" />
    </Shell>
  );
}

function Versions({ versions, undo: event, again }: HistoryOf & { again: () => void }): JSX.Element {
  const [all, setAll] = useState(false);
  const shown = versions.filter((each) => all || !each.everyday);
  const hidden = versions.length - shown.length;
  if (versions.length === 0)
    return <Empty title={say("history.none_title")} why={say("history.none_why")} />;
  return (
    <>
      <p>{say("history.lead")}</p>
      {event !== null && (
        <div class="row">
          <button type="button" class="button" onClick={() => void undo(event).then(again)}>
            {say("history.undo")}
          </button>
        </div>
      )}
      <ol class="versions" reversed>
        {shown.map((each) => (
          <li key={each.number} class="card">
            <One version={each} />
          </li>
        ))}
      </ol>
      {hidden > 0 && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          {say("history.all", { count: hidden })}
        </button>
      )}
    </>
  );
}

function One({ version }: { version: Version }): JSX.Element {
  const { on, name, says, before, after, sources, number } = version;
  return (
    <>
      <p class="row apart small quiet">
        <span>{day(on)}</span>
        <span>{say("history.number", { number })}</span>
      </p>
      {name && version.kind === "change" && <h2 class="version-name">{name}</h2>}
      <p>{dated(says)}</p>
      {(before.length > 0 || after.length > 0) && (
        <div class="diff">
          <Side title={say("history.before")} lines={before} look="was" />
          <Side title={say("history.after")} lines={after} look="is" />
        </div>
      )}
      <Sources ids={sources} />
    </>
  );
}

function Side({ title, lines, look }: { title: string; lines: Line[]; look: "was" | "is" }): JSX.Element {
  return (
    <div class={`stack tight ${look}`}>
      <h3 class="small">{title}</h3>
      {lines.length === 0 ? (
        <p class="quiet small">{say("history.nothing")}</p>
      ) : (
        <ul class="small">
          {lines.slice(0, MOST).map((line) => (
            <li key={`${line.on} ${line.says}`}>{line.on ? `${day(line.on, "dated")}: ${line.says}` : dated(line.says)}</li>
          ))}
          {lines.length > MOST && <li>{say("report.more", { count: lines.length - MOST })}</li>}
        </ul>
      )}
    </div>
  );
}
