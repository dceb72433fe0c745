/** A session of the plan as a piece that can be picked up. */
import type { JSX } from "preact";
import type { Kind } from "../api/outlook";
import type { PlanDay } from "../api/types";
import { distance, duration } from "../state/settings";
import { day, say, type TextId } from "../texts";
import type { Held } from "./drag";
import { Icon } from "./icons";

export const KIND: Record<Kind, { letter: TextId; name: TextId }> = {
  run: { letter: "plan.mark_run", name: "plan.kind_run" },
  strength: { letter: "plan.mark_strength", name: "plan.kind_strength" },
  cross: { letter: "plan.mark_cross", name: "plan.kind_cross" },
};

interface ChipProps {
  kind: Kind;
  each: PlanDay;
  held: Held | null;
  onPick: (event: PointerEvent, kind: Kind) => void;
  onAsk: (kind: Kind) => void;
}

/** A session: drag it, or press it for the list of days. */
export function Chip({ kind, each, held, onPick, onAsk }: ChipProps): JSX.Element {
  const length = kind === "run" ? lengthOf(each) : "";
  const style = held ? { transform: `translate(${held.dx}px, ${held.dy}px)` } : {};
  return (
    <button
      type="button"
      class={`session-chip ${kind}${held ? " held" : ""}`}
      style={style}
      aria-label={`${[say(KIND[kind].name), length].filter(Boolean).join(" ")}, ${day(each.on)}: ${say("move.open")}`}
      onPointerDown={(event) => onPick(event, kind)}
      onClick={() => onAsk(kind)}
    >
      <b aria-hidden="true">{say(KIND[kind].letter)}</b>
      <span class="name">{say(KIND[kind].name)}</span>
      {length && <span class="small length">{length}</span>}
      <span class="grip" aria-hidden="true">
        <Icon name="grip" />
      </span>
    </button>
  );
}

function lengthOf(each: PlanDay): string {
  if (each.km != null) return distance(each.km * 1000);
  return each.minutes == null ? "" : duration(each.minutes * 60);
}
