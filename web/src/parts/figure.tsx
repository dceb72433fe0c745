/** The animated figure of an exercise, drawn by Python; it stands still where less movement is wished. */
import type { JSX } from "preact";
import { useAsked } from "./asked";
import { Picture } from "./picture";

/** Show the figure of exercise ID, if there is one; it has the same room on every screen, before it is there too. */
export function Figure({ id, name }: { id: string; name: string }): JSX.Element | null {
  const [asked] = useAsked<{ svg: string | null }>(`/exercises/${id}/figure`);
  if (asked.state !== "waiting" && (asked.state !== "there" || asked.answer.svg === null)) return null;
  return (
    <figure class="card exercise-figure" aria-label={name}>
      <Picture svg={asked.state === "there" ? (asked.answer.svg ?? "") : ""} />
    </figure>
  );
}
