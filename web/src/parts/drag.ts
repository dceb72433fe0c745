/** Drag a session to another day: by mouse anywhere on it, by finger or pen on its grip (the rest of it scrolls). */
import { useEffect, useRef, useState } from "preact/hooks";
import { type Goal, type Moves, movesFrom, type Whole } from "../api/outlook";
import { goalOf } from "../state/calendar";

/** A session in the air: how far it is from its place, over which day, and what Python says of each day. */
export interface Held {
  kind: Whole;
  from: string;
  dx: number;
  dy: number;
  over: string | null;
  moves: Moves | null;
  failed: boolean;
}

interface Ends {
  /** It was let go over another day, of which Python says this. */
  onDrop: (kind: Whole, from: string, goal: Goal) => void;
}

const BEGINS_PX = 8;
const EDGE_PX = 96;
const SCROLL_PX = 9;

/** Return what is held (null: nothing), how to pick up, and whether a click just now was the end of a drag. */
export function useDrag({ onDrop }: Ends) {
  const [held, setHeld] = useState<Held | null>(null);
  const now = useRef<Held | null>(null);
  const dragged = useRef(false);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);

  const show = (next: Held | null) => {
    now.current = next;
    setHeld(next);
  };

  const pick = (event: PointerEvent, kind: Whole, from: string) => {
    const onGrip = (event.target as Element).closest(".grip") !== null;
    if (event.button !== 0 || !event.isPrimary || (event.pointerType !== "mouse" && !onGrip)) return;
    const start = { x: event.clientX, y: event.clientY, scroll: scrollY };
    const at = { x: start.x, y: start.y };
    let frame = 0;
    dragged.current = false;

    const place = () => {
      if (!now.current) return;
      const below = document.elementFromPoint(at.x, at.y)?.closest<HTMLElement>("[data-day]");
      const moved = { dx: at.x - start.x, dy: at.y - start.y + scrollY - start.scroll };
      show({ ...now.current, ...moved, over: below?.dataset.day ?? null });
    };
    const lift = () => {
      dragged.current = true;
      // the click that ends a drag comes at once, or (let go elsewhere) never
      addEventListener("pointerup", () => setTimeout(() => (dragged.current = false)), { once: true });
      show({ kind, from, dx: 0, dy: 0, over: from, moves: null, failed: false });
      movesFrom(from).then(
        (moves) => now.current && show({ ...now.current, moves }),
        () => now.current && show({ ...now.current, failed: true }),
      );
      frame = requestAnimationFrame(roll);
    };
    const roll = () => {
      const by = at.y < EDGE_PX ? -SCROLL_PX : at.y > innerHeight - EDGE_PX ? SCROLL_PX : 0;
      if (by !== 0) {
        scrollBy(0, by);
        place();
      }
      frame = requestAnimationFrame(roll);
    };
    const follow = (moving: PointerEvent) => {
      at.x = moving.clientX;
      at.y = moving.clientY;
      if (!now.current && Math.hypot(at.x - start.x, at.y - start.y) > BEGINS_PX) lift();
      place();
    };
    const drop = () => {
      const last = now.current;
      end();
      const goal = last?.over && last.over !== last.from ? goalOf(last.moves, kind, last.over) : null;
      if (goal) onDrop(kind, from, goal);
    };
    const escape = (key: KeyboardEvent) => key.key === "Escape" && end();
    const end = () => {
      removeEventListener("pointermove", follow);
      removeEventListener("pointerup", drop);
      removeEventListener("pointercancel", end);
      removeEventListener("keydown", escape);
      cancelAnimationFrame(frame);
      show(null);
    };
    stop.current = end;
    addEventListener("pointermove", follow);
    addEventListener("pointerup", drop);
    addEventListener("pointercancel", end);
    addEventListener("keydown", escape);
  };

  /** Whether the click that follows now only ended a drag; it counts once. */
  const wasDragged = () => {
    const was = dragged.current;
    dragged.current = false;
    return was;
  };

  return { held, pick, wasDragged };
}
