/** The hip: where things stand, what to do next, and the doors to everything that can be told of it. */
import type { JSX } from "preact";
import type { Assessment } from "../api/types";
import { useAsked } from "../parts/asked";
import { CareCard } from "../parts/care";
import { type Door, Doors } from "../parts/doors";
import { Pains } from "../parts/pains";
import { Shell } from "../parts/shell";
import { Stale, When } from "../parts/states";
import { reachable } from "../offline/answers";
import { say } from "../texts";

const TELL: Door[] = [
  { to: "/hip/check", name: "hip.check", icon: "alarm" },
  { to: "/hip/where", name: "hip.where", icon: "hip" },
  { to: "/hip/question", name: "hip.interview", icon: "ask" },
  { to: "/hip/words", name: "words.title", icon: "words" },
];
const LOOK: Door[] = [
  { to: "/hip/result", name: "hip.result", icon: "see" },
  { to: "/hip/answers", name: "hip.answers", icon: "check" },
];

/** Show how urgent it is, what can be told, and what was made of it. */
export function Hip(): JSX.Element {
  const [asked, again] = useAsked<Assessment>("/assessment?causes=0");
  return (
    <Shell title={say("hip.title")} wide="own">
      <When asked={asked} again={again}>
        {(found, at) => (
          <>
            {!reachable.value && <Stale at={at} />}
            <div class="halves">
              <div class="stack">
                <CareCard found={found} />
                <Group title={say("hip.look")} doors={LOOK} />
              </div>
              <div class="stack">
                <Group title={say("hip.tell")} doors={TELL} />
                <Pains onChanged={again} />
              </div>
            </div>
          </>
        )}
      </When>
    </Shell>
  );
}

function Group({ title, doors }: { title: string; doors: readonly Door[] }): JSX.Element {
  return (
    <section class="stack tight">
      <h2 class="over">{title}</h2>
      <Doors doors={doors} label={title} />
    </section>
  );
}
