/** S18: what stands behind a number: a button beside it, and the drawer that it opens. The words are Python's. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Why as Told } from "../api/types";
import { answerOf } from "../offline/answers";
import { asText } from "../state/why";
import { day, number, say } from "../texts";
import { useAsked } from "./asked";
import { Icon } from "./icons";
import { Sheet } from "./sheet";
import { SourceLine } from "./sources";
import { When } from "./states";
import { tell } from "./toast";

interface Props {
  /** Which number, as the server names it: "today/ceiling_km". */
  of: string;
  /** The number itself, or words for it. */
  children: ComponentChildren;
  /** Ask for it at once, so that it can be looked at without a network too. */
  keep?: boolean;
}

/** Show a number as a button that opens its drawer. */
export function Why({ of, children, keep = false }: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (keep) void answerOf(`/why/${of}`).catch(() => undefined);
  }, [of, keep]);
  return (
    <>
      <button type="button" class="why" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <span>{children}</span>
        <Icon name="ask" />
        <span class="said-only">{say("why.of")}</span>
      </button>
      <Sheet title={say("why.number_title")} open={open} onClose={() => setOpen(false)}>
        <Drawer of={of} />
      </Sheet>
    </>
  );
}

/** Show what stands behind the number OF. */
export function Drawer({ of }: { of: string }): JSX.Element {
  const [asked, again] = useAsked<Told>(`/why/${of}`);
  return (
    <When asked={asked} again={again}>
      {(told) => (
        <div class="why-drawer stack">
          <div class="stack tight">
            <h3>{told.title}</h3>
            {told.value && <p class="lead">{told.value}</p>}
            <p>{told.what}</p>
          </div>
          <Lines title={say("why.how")} lines={told.rule} />
          <From told={told} />
          {told.own && <p class="notice">{told.own}</p>}
          <Lines title={say("why.sure")} lines={told.sure} />
          <Lines title={say("why.would_change")} lines={told.would_change} />
          <Evidence told={told} />
          <p class="quiet small">{say("result.versions", told.versions)}</p>
          <button type="button" class="button" onClick={() => void copy(told)}>
            {say("why.copy")}
          </button>
        </div>
      )}
    </When>
  );
}

function Lines({ title, lines }: { title: string; lines: string[] }): JSX.Element | null {
  if (lines.length === 0) return null;
  return (
    <section class="stack tight">
      <h4>{title}</h4>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function From({ told }: { told: Told }): JSX.Element | null {
  if (told.from.length === 0) return null;
  return (
    <section class="stack tight">
      <h4>{say("why.from")}</h4>
      <dl class="why-from">
        {told.from.map((each) => (
          <div key={each.says + each.on}>
            <dt>{each.says}</dt>
            <dd>
              <strong>{each.value}</strong>
              {each.note && <span>{each.note}</span>}
              {each.on && <span class="quiet">{day(each.on, "short")}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Evidence({ told }: { told: Told }): JSX.Element | null {
  if (told.sources.length === 0) return null;
  return (
    <section class="stack tight">
      <h4>{say("why.evidence")}</h4>
      {told.evidence.length > 0 && (
        <ul class="lines">
          {told.evidence.map((each) => (
            <li key={each.says + each.value} class="stack tight">
              <p>{each.says}</p>
              {each.value !== null && <p class="small">{figure(each)}</p>}
              <p class="quiet small">
                {say("why.graded", { grade: each.grade_says, of: each.of })} {each.mark_says}
              </p>
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>{say("sources.title", { count: told.sources.length })}</summary>
        <ul class="lines small">
          {told.sources.map((source) => (
            <li key={source.id}>
              <SourceLine source={source} />
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function figure({ value, range, unit }: Told["evidence"][number]): string {
  const shown = `${number(value ?? 0, 3)} ${unit}`;
  if (!range) return shown;
  return say("why.figure", { shown, low: number(range[0], 3), high: number(range[1], 3) });
}

async function copy(told: Told): Promise<void> {
  try {
    await navigator.clipboard.writeText(asText(told));
    tell(say("why.copied"));
  } catch {
    tell(say("why.not_copied"));
  }
}
