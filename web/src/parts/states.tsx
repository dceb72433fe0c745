/** The states that every screen has: waiting, offline, wrong, empty. */
import type { ComponentChildren, JSX } from "preact";
import { Problem } from "../api/client";
import { own, waiting } from "../offline/outbox";
import { say } from "../texts";
import type { Asked } from "./asked";
import { Icon } from "./icons";

interface Props<Answer> {
  asked: Asked<Answer>;
  again: () => void;
  children: (answer: Answer, at: string) => ComponentChildren;
}

/** Show what was asked as soon as it is there; until then, and instead, say how things stand. */
export function When<Answer>({ asked, again, children }: Props<Answer>): JSX.Element {
  switch (asked.state) {
    case "waiting":
      return <Waiting />;
    case "offline":
      return <Offline again={again} />;
    case "wrong":
      return <Wrong problem={asked.problem} again={again} />;
    case "there":
      return <>{children(asked.answer, asked.at)}</>;
  }
}

/** Bars where the answer will stand. */
export function Waiting(): JSX.Element {
  return (
    <div class="waiting" role="status">
      <span class="said-only">{say("state.waiting")}</span>
      <i />
      <i />
      <i />
    </div>
  );
}

/** Python cannot be reached, and has said nothing yet that could be shown. */
export function Offline({ again }: { again: () => void }): JSX.Element {
  return (
    <section class="card soft">
      <h2>{say("state.offline_title")}</h2>
      <p>{say("state.offline_why")}</p>
      <button type="button" class="button" onClick={again}>
        {say("act.try_again")}
      </button>
    </section>
  );
}

/** An error: what, why, and what to do next, in Python's words; where Python was not reached, in ours. */
export function Wrong({ problem, again }: { problem: Problem; again?: () => void }): JSX.Element {
  const unreached = problem.status === 0 && problem.id === "";
  return (
    <section class="notice wrong" role="alert">
      <h2>{problem.what || say("state.wrong_title")}</h2>
      {problem.why && <p>{problem.why}</p>}
      {problem.next && <p>{problem.next}</p>}
      {unreached && <p>{say("state.offline_kept")}</p>}
      {again && (
        <button type="button" class="button" onClick={again}>
          {say("act.try_again")}
        </button>
      )}
    </section>
  );
}

/** Nothing is there yet: say so, and what would bring it. */
export function Empty({ title, why, children }: { title: string; why: string; children?: ComponentChildren }) {
  return (
    <section class="card soft">
      <h2>{title}</h2>
      <p>{why}</p>
      {children && <div class="row">{children}</div>}
    </section>
  );
}

/** A small sign that what is shown is of an earlier time, and that what was told since is not in it (where it is not). */
export function Stale({ at }: { at: string }): JSX.Element {
  const time = new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return (
    <>
      <p class="offline">
        <Icon name="offline" />
        {say("state.as_of", { time })}
      </p>
      {own(waiting.value).length > 0 && <p class="notice">{say("state.told_since")}</p>}
    </>
  );
}
