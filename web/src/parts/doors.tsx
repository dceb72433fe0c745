/** A list of doors to other screens. */
import type { JSX } from "preact";
import { say, type TextId } from "../texts";
import { Icon, type IconName } from "./icons";

export interface Door {
  to: string;
  name: TextId;
  icon: IconName;
}

/** Show DOORS below one another. */
export function Doors({ doors, label }: { doors: readonly Door[]; label: string }): JSX.Element {
  return (
    <nav class="card" aria-label={label}>
      {doors.map((door) => (
        <a key={door.to} class="linked" href={door.to}>
          <span class="icon-button" aria-hidden="true">
            <Icon name={door.icon} />
          </span>
          <span>{say(door.name)}</span>
          <Icon name="next" />
        </a>
      ))}
    </nav>
  );
}
