/** A month of the plan: what lies ahead, what was run, and the day that is looked at. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { PlanDay, Run } from "../api/types";
import { kindsOf, monthAfter, monthOf, today } from "../state/calendar";
import { distance, settings } from "../state/settings";
import { day, month as nameOf, say } from "../texts";
import { useAsked } from "./asked";
import { Chip, KIND } from "./chip";
import { Icon } from "./icons";
import type { Moving } from "./move";
import { Turn } from "./turn";

interface Props {
  days: PlanDay[];
  onAsk: (moving: Moving) => void;
}

/** Show the month that it is, and others by leafing. */
export function Month({ days, onAsk }: Props): JSX.Element {
  const now = today();
  const [shown, setShown] = useState(now.slice(0, 7));
  const [chosen, setChosen] = useState(now);
  const [asked] = useAsked<{ runs: Run[] }>("/runs?last=200");
  const laid = new Map(days.map((each) => [each.on, each]));
  const ran = asked.state === "there" ? kmByDay(asked.answer.runs) : new Map<string, number | null>();
  const rows = monthOf(shown, settings.value.week_start);
  const last = days.at(-1)?.on;
  return (
    <>
      <Turn
        title={nameOf(shown)}
        before={() => setShown(monthAfter(shown, -1))}
        next={() => setShown(monthAfter(shown, 1))}
      />
      <table class="month">
        <caption class="said-only">{nameOf(shown)}</caption>
        <thead>
          <tr>
            {(rows[0] ?? []).map((on) => (
              <th key={on} scope="col">
                {day(on, "weekday")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]}>
              {row.map((on) => (
                <td key={on} class={on.startsWith(shown) ? "" : "beside"}>
                  <Cell on={on} now={now} each={laid.get(on)} ran={ran.get(on)} chosen={chosen} onChoose={setChosen} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div class="stack tight month-day" aria-live="polite">
        <h3>{day(chosen)}</h3>
        <Chosen on={chosen} now={now} each={laid.get(chosen)} ran={ran.get(chosen)} onAsk={onAsk} />
      </div>
      {last && (
        <p class="small quiet">
          {say("plan.laid_until", { day: day(last) })} <a href="/plan/wishes">{say("plan.lay_more")}</a>
        </p>
      )}
    </>
  );
}

function kmByDay(runs: readonly Run[]): Map<string, number | null> {
  const found = new Map<string, number | null>();
  for (const { local_date, distance_m } of runs) {
    const before = found.get(local_date) ?? null;
    found.set(local_date, distance_m === null ? before : (before ?? 0) + distance_m);
  }
  return found;
}

interface CellProps {
  on: string;
  now: string;
  each: PlanDay | undefined;
  ran: number | null | undefined;
  chosen: string;
  onChoose: (on: string) => void;
}

function Cell({ on, now, each, ran, chosen, onChoose }: CellProps): JSX.Element {
  const kinds = each && on >= now ? kindsOf(each) : [];
  const words = kinds.map((kind) => say(KIND[kind].name));
  if (ran !== undefined) words.push(say("plan.ran", { distance: distance(ran) }));
  if (each?.race) words.push(say("plan.race_day"));
  return (
    <button
      type="button"
      class={on === now ? "cell today" : "cell"}
      aria-pressed={chosen === on}
      aria-label={[day(on), ...words].join(", ")}
      onClick={() => onChoose(on)}
    >
      <span>{Number(on.slice(8))}</span>
      <span class="cell-marks" aria-hidden="true">
        {kinds.map((kind) => (
          <b key={kind} class={`kind-mark ${kind}`}>
            {say(KIND[kind].letter)}
          </b>
        ))}
        {ran !== undefined && <b class="kind-mark ran">{say("plan.mark_ran")}</b>}
        {each?.race && <Icon name="flag" />}
      </span>
    </button>
  );
}

interface ChosenProps {
  on: string;
  now: string;
  each: PlanDay | undefined;
  ran: number | null | undefined;
  onAsk: (moving: Moving) => void;
}

function Chosen({ on, now, each, ran, onAsk }: ChosenProps): JSX.Element {
  const planned = each && on >= now ? each : undefined;
  return (
    <div class="day-what" data-day={on}>
      {ran !== undefined && <p>{say("plan.ran", { distance: distance(ran) })}</p>}
      {planned &&
        kindsOf(planned).map((kind) => (
          <Chip
            key={kind}
            kind={kind}
            each={planned}
            held={null}
            onPick={() => undefined}
            onAsk={() => onAsk({ kind, from: on })}
          />
        ))}
      {planned && (kindsOf(planned).length === 0 || planned.race) && <p>{planned.says}</p>}
      {!planned && ran === undefined && <p class="quiet">{say(on < now ? "plan.nothing_known" : "plan.not_laid")}</p>}
    </div>
  );
}
