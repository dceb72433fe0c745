/** The calendar of a plan: the next days in a row, or a month; sessions can be moved where Python allows it. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../api/client";
import { type Goal, move, type Whole } from "../api/outlook";
import type { PlanDay } from "../api/types";
import { goalOf, kindsOf, today, weeksOf } from "../state/calendar";
import { undo } from "../state/undo";
import { day, say } from "../texts";
import { failed } from "./asked";
import { Chip } from "./chip";
import { type Held, useDrag } from "./drag";
import { Icon } from "./icons";
import { Month } from "./month";
import { type Moving, MoveSheet } from "./move";
import { tell } from "./toast";
import { Turn } from "./turn";

interface Props {
  days: PlanDay[];
  /** Days on which a proposed change would put something else. */
  proposed: ReadonlySet<string>;
  /** Who holds the days as they are, in words. */
  lock: string | null;
  onMoved: () => void;
}

/** Show DAYS, as a week or as a month. */
export function Calendar({ days, proposed, lock, onMoved }: Props): JSX.Element {
  const [view, setView] = useState<"week" | "month">("week");
  const [moving, setMoving] = useState<Moving | null>(null);
  const goTo = useRef<string | null>(null);
  const section = useRef<HTMLElement>(null);

  const settle = async (kind: Whole, from: string, goal: Goal) => {
    setMoving(null);
    if (!goal.allowed) return tell(inWords(goal));
    try {
      const { event } = await move(kind, from, goal.on);
      goTo.current = goal.on;
      tell(say("move.done", { day: day(goal.on) }), () => void undo(event).then(onMoved));
      onMoved();
    } catch (error) {
      tell(refusal(error));
    }
  };
  useEffect(() => {
    const on = goTo.current; // what was moved has left its place: the focus goes after it
    if (!on || document.querySelector("dialog[open]")) return;
    goTo.current = null;
    const there = section.current?.querySelector<HTMLElement>(`[data-day="${on}"] button`);
    (there ?? section.current)?.focus();
  }, [days]);

  return (
    <section class="card calendar" ref={section} tabIndex={-1} aria-label={say("plan.calendar")}>
      <div class="row apart">
        <h2>{say("plan.calendar")}</h2>
        <div class="row pills" role="group" aria-label={say("plan.view")}>
          {(["week", "month"] as const).map((each) => (
            <button key={each} type="button" class="button" aria-pressed={view === each} onClick={() => setView(each)}>
              {say(`plan.view_${each}`)}
            </button>
          ))}
        </div>
      </div>
      {lock && (
        <p class="locked small">
          <Icon name="lock" />
          {lock}
        </p>
      )}
      {view === "week" ? (
        <Weeks days={days} proposed={proposed} onDrop={(...told) => void settle(...told)} onAsk={setMoving} />
      ) : (
        <Month days={days} onAsk={setMoving} />
      )}
      <MoveSheet moving={moving} onMove={(...told) => void settle(...told)} onClose={() => setMoving(null)} />
    </section>
  );
}

function refusal(error: unknown): string {
  const seen = failed(error);
  if (seen.state === "offline") return say("move.offline");
  const { what, why } = seen.problem as Problem;
  return why ? `${what} ${why}` : what;
}

interface WeeksProps {
  days: PlanDay[];
  proposed: ReadonlySet<string>;
  onDrop: (kind: Whole, from: string, goal: Goal) => void;
  onAsk: (moving: Moving) => void;
}

/** Seven days at a time: a list on a phone, columns where there is room. */
function Weeks({ days, proposed, onDrop, onAsk }: WeeksProps): JSX.Element {
  const now = today();
  const weeks = weeksOf(days, now);
  const [at, setAt] = useState(0);
  const { held, pick, wasDragged } = useDrag({ onDrop });
  const shown = weeks[Math.min(at, weeks.length - 1)] ?? [];
  const any = shown.some((each) => kindsOf(each).length > 0);
  return (
    <>
      {weeks.length > 1 && (
        <Turn
          title={say("plan.days_from", { day: day(shown[0]?.on ?? now, "short"), last: day(shown.at(-1)?.on ?? now, "short") })}
          before={at > 0 ? () => setAt(at - 1) : null}
          next={at < weeks.length - 1 ? () => setAt(at + 1) : null}
        />
      )}
      {shown.length === 0 && <p class="quiet">{say("plan.not_laid")}</p>}
      {any && <p class="small quiet no-print">{say("move.how")}</p>}
      <ol class={held ? "week dragging" : "week"}>
        {shown.map((each) => (
          <Day
            key={each.on}
            each={each}
            isToday={each.on === now}
            proposed={proposed.has(each.on)}
            held={held}
            onPick={(event, kind) => pick(event, kind, each.on)}
            onAsk={(kind) => !wasDragged() && onAsk({ kind, from: each.on })}
          />
        ))}
      </ol>
      <p class={held ? "drag-says" : "said-only"} aria-live="polite">
        {held && hint(held)}
      </p>
    </>
  );
}

/** What letting go now would do. */
function hint(held: Held): string {
  if (held.failed) return say("move.offline");
  if (!held.moves) return say("move.asking");
  if (held.moves.why_not) return held.moves.why_not;
  if (!held.over || held.over === held.from) return say("move.where");
  const goal = goalOf(held.moves, held.kind, held.over);
  return goal ? inWords(goal) : say("move.too_far");
}

function inWords({ on, allowed, broken }: Goal): string {
  const why = broken.map(({ says }) => says).join("; ");
  return allowed ? say("move.may", { day: day(on) }) : say("move.may_not", { day: day(on), why });
}

interface DayProps {
  each: PlanDay;
  isToday: boolean;
  proposed: boolean;
  held: Held | null;
  onPick: (event: PointerEvent, kind: Whole) => void;
  onAsk: (kind: Whole) => void;
}

function Day({ each, isToday, proposed, held, onPick, onAsk }: DayProps): JSX.Element {
  const kinds = kindsOf(each);
  const goal = held && goalOf(held.moves, held.kind, each.on);
  const looks = ["day"];
  if (isToday) looks.push("today");
  if (goal) looks.push(goal.allowed ? "may" : "may-not");
  if (held?.over === each.on) looks.push("over");
  return (
    <li class={looks.join(" ")} data-day={each.on}>
      {kinds.length > 1 ? (
        <button
          type="button"
          class="day-name whole"
          aria-label={say("plan.move_all", { day: day(each.on), move: say("move.open") })}
          onPointerDown={(event) => onPick(event, "all")}
          onClick={() => onAsk("all")}
        >
          <DayName on={each.on} isToday={isToday} />
        </button>
      ) : (
        <span class="day-name">
          <DayName on={each.on} isToday={isToday} />
        </span>
      )}
      <span class="day-what">
        {kinds.map((kind) => (
          <Chip
            key={kind}
            kind={kind}
            each={each}
            held={held?.from === each.on && (held.kind === kind || held.kind === "all") ? held : null}
            onPick={onPick}
            onAsk={onAsk}
          />
        ))}
        {(kinds.length === 0 || each.cross || each.race) && (
          <span class={kinds.length === 0 && !each.race ? "small quiet" : "small"}>
            {each.race && <Icon name="flag" />}
            {each.says}
          </span>
        )}
        {proposed && <span class="tag changed">{say("plan.change_here")}</span>}
      </span>
    </li>
  );
}

function DayName({ on, isToday }: { on: string; isToday: boolean }): JSX.Element {
  return (
    <>
      <b>{isToday ? say("plan.today") : day(on, "weekday")}</b>
      <span class="quiet small">{day(on, "short")}</span>
    </>
  );
}
