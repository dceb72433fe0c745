/** S4: one question a page, the one that tells most; an alarming answer leads to the referral at once. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, Problem } from "../api/client";
import type { Question, Referral } from "../api/types";
import { answered, failed, useAsked } from "../parts/asked";
import { Ask } from "../parts/question";
import { Shell } from "../parts/shell";
import { Empty, When, Wrong } from "../parts/states";
import { go, query } from "../router";
import { say, type TextId } from "../texts";

interface Standing {
  /** The last thing that was done; what is taken back is named by it. */
  event: number | null;
  next: Question | null;
  /** The page that asks for it beside other things. */
  at: keyof typeof PAGES | null;
}

const PAGES = {
  check: { to: "/hip/check", title: "hip.check", why: "interview.first_check" },
  where: { to: "/hip/where", title: "hip.where", why: "interview.first_where" },
  who: { to: "/who", title: "who.title", why: "who.why" },
  checkin: { to: "/today/check-in", title: "checkin.title", why: "interview.first_checkin" },
  after_run: { to: "/today/after-run", title: "afterrun.title", why: "afterrun.lead" },
} as const satisfies Record<string, { to: string; title: TextId; why: TextId }>;
const STOPS = new Set(["emergency", "same_day"]);

/** Ask until nothing left can change the advice; `?for=today`: only what the verdict of today waits for. */
export function Interview(): JSX.Element {
  const forToday = query.value.get("for") === "today";
  const source = forToday ? "/today/asks" : "/question";
  const [asked, again] = useAsked<Standing>(source);
  const [told, setTold] = useState<Standing | null>(null);
  const [wrong, setWrong] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const last = (told ?? answered(asked))?.event ?? null;

  const step = async (path: string, body: unknown) => {
    setBusy(true);
    setWrong(null);
    try {
      const kept = await ask<Standing>(path, { method: "POST", body });
      const { referral } = await ask<{ referral: Referral | null }>("/referral");
      const standing = forToday ? { ...(await ask<Standing>(source)), event: kept.event } : kept;
      if (referral && STOPS.has(referral.level)) go("/hip/referral");
      else if (standing.next || standing.at) setTold(standing);
      else go(forToday ? "/today" : "/hip/answers");
    } catch (error) {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", ""));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Shell title={say("interview.title")} bare>
      <When asked={asked} again={again}>
        {(first) => {
          const { next, at } = told ?? first;
          if (at !== null) return <OtherPage at={at} forToday={forToday} />;
          if (next === null) return <Done forToday={forToday} />;
          return (
            <>
              {!forToday && <Ahead of={next.id} />}
              <OneQuestion
                key={next.id}
                question={next}
                busy={busy}
                moved={told !== null}
                onAnswer={(state) => void step("/answers", { states: { [next.id]: state } })}
              />
            </>
          );
        }}
      </When>
      {wrong && <Wrong problem={wrong} />}
      <div class="row apart">
        <button type="button" class="button plain" disabled={busy || last === null} onClick={() => void step("/answers/back", { event: last })}>
          {say("act.back")}
        </button>
        <a class="button plain" href="/hip/result">
          {say("interview.stop")}
        </a>
      </div>
    </Shell>
  );
}

/** About how many questions are still to come; the last figure stands until the next one is there. */
function Ahead({ of }: { of: string }): JSX.Element {
  const [ahead, setAhead] = useState<number | null>(null);
  useEffect(() => {
    let wanted = true;
    ask<{ ahead: number }>("/question/ahead").then(
      (found) => wanted && setAhead(found.ahead),
      () => undefined, // it is no more than a help
    );
    return () => {
      wanted = false;
    };
  }, [of]);
  return <p class="ahead quiet small">{ahead !== null && ahead > 0 && say("interview.ahead", { count: ahead })}</p>;
}

interface OneProps {
  question: Question;
  busy: boolean;
  /** Whether another question stood here before: then the focus goes to this one. */
  moved: boolean;
  onAnswer: (state: string) => void;
}

function OneQuestion({ question, busy, moved, onAnswer }: OneProps): JSX.Element {
  const [chosen, setChosen] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!moved) return;
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [moved]);
  return (
    <section class="card asked">
      <h2 ref={heading} tabIndex={-1}>
        {question.question}
      </h2>
      {question.why === "again" && <p class="notice">{say("interview.again")}</p>}
      <Ask question={question} hideLegend value={chosen} onAnswer={setChosen} />
      <button
        type="button"
        class="button main-act wide"
        disabled={busy || chosen === null}
        onClick={() => chosen !== null && onAnswer(chosen)}
      >
        {say("act.go_on")}
      </button>
    </section>
  );
}

/** What comes next is asked on a page of its own; whoever came for the verdict of today is led there at once. */
function OtherPage({ at, forToday }: { at: keyof typeof PAGES; forToday: boolean }): JSX.Element {
  const { to, title, why } = PAGES[at];
  const way = at === "who" ? `${to}?then=${forToday ? "/today" : "/hip/question"}` : to;
  useEffect(() => {
    if (forToday) go(way, { replace: true });
  }, [forToday, way]);
  return (
    <Empty title={say(title)} why={say(why)}>
      <a class="button main-act" href={way}>
        {say("act.go_on")}
      </a>
    </Empty>
  );
}

function Done({ forToday }: { forToday: boolean }): JSX.Element {
  if (forToday)
    return (
      <Empty title={say("interview.nothing_title")} why={say("interview.nothing_why")}>
        <a class="button main-act" href="/hip/answers">
          {say("hip.answers")}
        </a>
      </Empty>
    );
  return (
    <Empty title={say("interview.done_title")} why={say("interview.done_why")}>
      <a class="button main-act" href="/hip/result">
        {say("hip.result")}
      </a>
    </Empty>
  );
}
