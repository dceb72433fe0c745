/** The exercises of the day, a chip each; what may be offered Python has looked at. */
import type { JSX } from "preact";
import type { ExercisesToday } from "../api/types";
import { day, say } from "../texts";
import { Icon } from "./icons";

/** Show the EXERCISES if they are of the day ON, else when the next ones come. */
export function ExercisesCard({ exercises, on }: { exercises: ExercisesToday; on: string }): JSX.Element {
  if (exercises.on !== on)
    return (
      <section class="card soft">
        <p>{say("today.exercises_next", { day: day(exercises.on) })}</p>
      </section>
    );
  const done = exercises.exercises.every((each) => each.done);
  return (
    <section class="card">
      <div class="row apart level">
        <h2>{say(done ? "today.exercises_done" : "today.exercises")}</h2>
        {!done && <span class="quiet small">{say("today.about", { minutes: exercises.minutes })}</span>}
      </div>
      <ul class="exercise-chips">
        {exercises.exercises.map((each) => (
          <li key={each.id}>
            <a class="exercise-chip" href={`/exercise/${each.id}`}>
              <span>{each.name}</span>
              {each.done ? (
                <span class="small exercise-done">
                  <Icon name="check" />
                  {say("today.done")}
                </span>
              ) : (
                <span class="small quiet">{say("unit.min", { minutes: each.minutes })}</span>
              )}
            </a>
          </li>
        ))}
      </ul>
      {!done && (
        <a class="button main-act wide" href="/session">
          <Icon name="play" />
          {say("plan.begin_session")}
        </a>
      )}
    </section>
  );
}
