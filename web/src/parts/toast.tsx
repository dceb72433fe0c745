/** One line at the foot of the screen that tells what was done, with a way back. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { say } from "../texts";

interface Told {
  text: string;
  undo?: () => void;
}

const told = signal<Told | null>(null);
let leaving: ReturnType<typeof setTimeout> | undefined;
const STAYS_MS = 12_000;

/** Tell what was done; UNDO takes it back. */
export function tell(text: string, undo?: () => void): void {
  told.value = undo ? { text, undo } : { text };
  clearTimeout(leaving);
  leaving = setTimeout(() => {
    told.value = null;
  }, STAYS_MS);
}

/** The place where it is told. */
export function Toast(): JSX.Element {
  const now = told.value;
  return (
    <div role="status" aria-live="polite">
      {now && (
        <div class="toast no-print">
          <span>{now.text}</span>
          {now.undo && (
            <button
              type="button"
              onClick={() => {
                told.value = null;
                now.undo?.();
              }}
            >
              {say("act.undo")}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
