/** S1: three doors, and a sample runner to look around with. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ask, lookAt, Problem } from "../api/client";
import type { Athlete, Job } from "../api/types";
import { answerOf } from "../offline/answers";
import { failed } from "../parts/asked";
import { Icon } from "../parts/icons";
import { Shell } from "../parts/shell";
import { Wrong } from "../parts/states";
import { go } from "../router";
import { say } from "../texts";

/** The first screen; who has been here before goes on to the day. */
export function Start(): JSX.Element {
  const [known, setKnown] = useState(false);
  useEffect(() => {
    answerOf<Athlete>("/athlete").then(
      (kept) => setKnown(kept.answer.age_y !== null),
      () => undefined,
    );
  }, []);
  return (
    <Shell title={say("start.title")} bare={!known}>
      <p class="lead">{say("start.lead")}</p>
      <div class="choices">
        <a class="choice" href={known ? "/hip/check" : "/who?then=/hip/check"}>
          <Icon name="hip" />
          <span>{say("start.hurts")}</span>
        </a>
        <a class="choice" href="/training/import">
          <Icon name="training" />
          <span>{say("start.training")}</span>
        </a>
        {known && (
          <a class="choice" href="/today">
            <Icon name="today" />
            <span>{say("start.today")}</span>
          </a>
        )}
      </div>
      <Sample />
      <section class="card soft">
        <h2>{say("start.promise_title")}</h2>
        <ul>
          <li>{say("start.promise_here")}</li>
          <li>{say("start.promise_no_diagnosis")}</li>
          <li>{say("start.promise_delete")}</li>
        </ul>
      </section>
    </Shell>
  );
}

const LOOK_AGAIN_MS = 700;

/** A runner who does not exist, to look around with. */
function Sample(): JSX.Element {
  const [job, setJob] = useState<Job | null>(null);
  const [wrong, setWrong] = useState<Problem | null>(null);
  const begin = async () => {
    try {
      let made = await ask<Job>("/sample", { method: "POST", body: {} });
      setJob(made);
      while (made.state === "waiting" || made.state === "running") {
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
        made = await ask<Job>(`/jobs/${made.id}?runner=sample`);
        setJob(made);
      }
      lookAt("sample");
      go("/today");
    } catch (error) {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", ""));
      setJob(null);
    }
  };
  return (
    <section class="stack tight">
      <button type="button" class="choice less" onClick={() => void begin()} disabled={job !== null}>
        <Icon name="run" />
        <span>{say("start.sample")}</span>
      </button>
      {job && (
        <label class="stack tight small">
          {say("start.sample_making")}
          <progress {...(job.total ? { max: job.total, value: job.done } : {})} />
        </label>
      )}
      {wrong && <Wrong problem={wrong} />}
    </section>
  );
}
