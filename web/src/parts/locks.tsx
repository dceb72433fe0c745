/** Parts of the plan that a physio holds as they are: who, since when, and why. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../api/client";
import type { Locks as Parts } from "../api/outlook";
import { undo } from "../state/undo";
import { day, say } from "../texts";
import { failed } from "./asked";
import { Icon } from "./icons";
import { Sheet } from "./sheet";
import { tell } from "./toast";

type Part = Parts["parts"][number];
type Lock = NonNullable<Part["lock"]>;

/** Say who holds something, since when and why. */
export function heldBy({ by, reason, on }: Lock): string {
  return say("lock.held", { by, day: day(on, "short"), reason });
}

/** List what can be held, with what is held first; nothing where nothing can be. */
export function Locks({ parts, onChanged }: { parts: Part[]; onChanged: () => void }): JSX.Element | null {
  const [holding, setHolding] = useState<Part | null>(null);
  if (parts.length === 0) return null;
  const held = parts.filter((part) => part.lock);
  const done = async (asking: Promise<{ event: number }>, says: string) => {
    setHolding(null);
    try {
      const { event } = await asking;
      tell(says, () => void undo(event).then(onChanged));
      onChanged();
    } catch (error) {
      const seen = failed(error);
      tell(seen.state === "wrong" ? seen.problem.what : say("state.offline_title"));
    }
  };
  const open = ({ item, name }: Part) =>
    done(ask(`/plan/locks/${encodeURIComponent(item)}`, { method: "DELETE" }), say("lock.opened", { name }));
  const hold = ({ item, name }: Part, by: string, reason: string) =>
    done(ask("/plan/locks", { method: "POST", body: { item, by, reason } }), say("lock.kept", { name }));
  return (
    <details class="card no-print" open={held.length > 0}>
      <summary>{held.length > 0 ? say("lock.count", { count: held.length }) : say("lock.title")}</summary>
      <p class="small quiet">{say("lock.why")}</p>
      <ul class="lines locks">
        {[...held, ...parts.filter((part) => !part.lock)].map((part) => (
          <li key={part.item} class="row apart">
            <span class="stack tight">
              <strong class={part.lock ? "locked" : ""}>
                {part.lock && <Icon name="lock" />}
                {part.name}
              </strong>
              {part.lock && <span class="small quiet">{heldBy(part.lock)}</span>}
            </span>
            <button
              type="button"
              class="button"
              aria-label={say(part.lock ? "lock.open_of" : "lock.hold_of", { name: part.name })}
              onClick={() => (part.lock ? void open(part) : setHolding(part))}
            >
              {say(part.lock ? "lock.open" : "lock.hold")}
            </button>
          </li>
        ))}
      </ul>
      <Sheet title={holding ? say("lock.hold_of", { name: holding.name }) : ""} open={holding !== null} onClose={() => setHolding(null)}>
        {holding && <Why onHold={(by, reason) => void hold(holding, by, reason)} />}
      </Sheet>
    </details>
  );
}

function Why({ onHold }: { onHold: (by: string, reason: string) => void }): JSX.Element {
  const [by, setBy] = useState("");
  const [reason, setReason] = useState("");
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onHold(by.trim(), reason.trim());
      }}
    >
      <label class="stack tight">
        <span>{say("lock.by")}</span>
        <input value={by} maxLength={80} required onInput={(event) => setBy(event.currentTarget.value)} />
      </label>
      <label class="stack tight">
        <span>{say("lock.reason")}</span>
        <input value={reason} maxLength={300} required onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <button type="submit" class="button main-act wide" disabled={!by.trim() || !reason.trim()}>
        {say("lock.hold")}
      </button>
    </form>
  );
}
