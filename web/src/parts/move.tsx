/** Move a session without dragging it: all days in a list, each possible or with the rule that speaks against it. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Goal, type Moves, movesFrom, type Whole } from "../api/outlook";
import { day, say } from "../texts";
import { type Asked, failed } from "./asked";
import { Icon } from "./icons";
import { Sheet } from "./sheet";
import { When } from "./states";

export interface Moving {
  kind: Whole;
  from: string;
}

interface Props {
  moving: Moving | null;
  onMove: (kind: Whole, from: string, goal: Goal) => void;
  onClose: () => void;
}

/** The days to which MOVING can go. */
export function MoveSheet({ moving, onMove, onClose }: Props): JSX.Element {
  return (
    <Sheet title={moving ? say("move.title", { day: day(moving.from) }) : ""} open={moving !== null} onClose={onClose}>
      {moving && <Choices key={`${moving.from} ${moving.kind}`} {...moving} onMove={onMove} />}
    </Sheet>
  );
}

function Choices({ kind, from, onMove }: Moving & Pick<Props, "onMove">): JSX.Element {
  const [asked, setAsked] = useState<Asked<Moves>>({ state: "waiting" });
  const [chosen, setChosen] = useState<Whole>(kind);
  const again = () => {
    setAsked({ state: "waiting" });
    movesFrom(from).then(
      (answer) => setAsked({ state: "there", answer, at: "" }),
      (error: unknown) => setAsked(failed(error)),
    );
  };
  useEffect(again, []);
  return (
    <When asked={asked} again={again}>
      {({ moves, why_not }) => {
        const shown = moves.find((each) => each.kind === chosen) ?? moves[0];
        if (!shown) return <p class="notice">{why_not}</p>;
        return (
          <>
            {moves.length > 1 && (
              <fieldset>
                <legend class="said-only">{say("move.what")}</legend>
                <div class="row">
                  {moves.map((each) => (
                    <button
                      key={each.kind}
                      type="button"
                      class="button"
                      aria-pressed={each === shown}
                      onClick={() => setChosen(each.kind)}
                    >
                      {each.says}
                    </button>
                  ))}
                </div>
              </fieldset>
            )}
            {!shown.days.some((goal) => goal.allowed) && <p class="notice">{say("move.none")}</p>}
            <ul class="goals" aria-label={shown.says}>
              {shown.days.map((goal) => (
                <li key={goal.on}>
                  {goal.allowed ? (
                    <button type="button" class="goal" onClick={() => onMove(shown.kind, from, goal)}>
                      <Icon name="check" />
                      <span>{day(goal.on)}</span>
                    </button>
                  ) : (
                    <p class="goal not">
                      <Icon name="close" />
                      <span>
                        <strong>{day(goal.on)}</strong>
                        <span class="said-only">. {say("move.not_possible")}. </span>
                        {goal.broken.map(({ rule, says }) => (
                          <span key={rule} class="small quiet">
                            {says}
                          </span>
                        ))}
                      </span>
                    </p>
                  )}
                </li>
              ))}
            </ul>
          </>
        );
      }}
    </When>
  );
}
