/** An offer to answer the weekly questions, on the days when they are due. */
import type { JSX } from "preact";
import type { Weekly } from "../api/outlook";
import { say } from "../texts";
import { answered, type Asked } from "./asked";

/** Offer them, if Python says that a week has gone by. */
export function WeeklyOffer({ asked }: { asked: Asked<Weekly> }): JSX.Element | null {
  if (!answered(asked)?.due) return null;
  return (
    <section class="card">
      <h2>{say("weekly.title")}</h2>
      <p>{say("weekly.due")}</p>
      <div class="row">
        <a class="button" href="/plan/weekly">
          {say("weekly.answer")}
        </a>
      </div>
    </section>
  );
}
