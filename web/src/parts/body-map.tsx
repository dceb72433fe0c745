/**
 * The body map: hips from the front and from behind, drawn for this app. The picture is the ornament, the list beside
 * it the control; both show the same, and either can be used.
 */
import type { JSX } from "preact";
import { say } from "../texts";

export type Side = "left" | "right";

interface Zone {
  id: string;
  view: "front" | "back";
  /** The zone on the half at the reader's right, in a picture of 320 by 400. */
  path: string;
}

const BODY =
  "M160 14H216C220 58 230 92 246 128C259 160 260 214 249 282C243 322 238 356 237 396H178C178 336 171 262 163 214L160 208Z";

const ZONES: Zone[] = [
  { id: "front_hip", view: "front", path: "M196 84L232 100L238 146L204 140L188 118Z" },
  { id: "outer_hip", view: "front", path: "M236 104C246 124 254 142 256 178L234 176L242 146Z" },
  { id: "groin", view: "front", path: "M184 122L202 144L236 150L178 208L170 190Z" },
  { id: "pubis", view: "front", path: "M160 168L181 126L167 190L173 208L163 212L160 206Z" },
  { id: "front_thigh", view: "front", path: "M182 210L234 158L230 300H190Z" },
  { id: "outer_thigh", view: "front", path: "M256 184C257 224 251 262 246 300H234L238 182Z" },
  { id: "inner_thigh", view: "front", path: "M165 216L178 212L186 300H175C173 270 170 240 165 216Z" },
  { id: "low_back", view: "back", path: "M160 18H214L218 66H160Z" },
  { id: "back_of_pelvis", view: "back", path: "M160 72H198L186 138L160 150Z" },
  { id: "buttock", view: "back", path: "M204 74L232 102L238 170C220 182 206 178 196 190L166 184L164 154L192 142Z" },
  { id: "outer_hip", view: "back", path: "M237 106C247 126 255 144 257 180L244 180L240 150Z" },
  { id: "sit_bone", view: "back", path: "M172 192L196 196C206 186 218 188 222 192C220 214 196 222 174 212Z" },
  { id: "back_thigh", view: "back", path: "M174 222C196 230 222 220 232 192L230 300H186Z" },
  { id: "outer_thigh", view: "back", path: "M257 186C257 226 251 264 246 300H236L240 186Z" },
];

interface Props {
  labels: Record<string, string>;
  chosen: ReadonlySet<string>;
  side: Side | "both" | null;
  worst: string | null;
  onTap: (zone: string, side: Side) => void;
}

/** Draw both views; a tap chooses a zone and its side. */
export function BodyMap(props: Props): JSX.Element {
  return (
    <div class="body-map" aria-hidden="true">
      <View view="front" {...props} />
      <View view="back" {...props} />
    </div>
  );
}

function View({ view, labels, chosen, side, worst, onTap }: Props & { view: "front" | "back" }): JSX.Element {
  // Seen from the front the runner's left lies at the reader's right; from behind it is the other way round.
  const halves: [Side, string | undefined][] = [
    [view === "front" ? "left" : "right", undefined],
    [view === "front" ? "right" : "left", "translate(320 0) scale(-1 1)"],
  ];
  return (
    <figure>
      <svg viewBox="40 0 240 400" focusable="false">
        <defs>
          <pattern id={`hatch-${view}`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="7" height="7" class="zone-fill" />
            <line x1="0" y1="0" x2="0" y2="7" class="zone-hatch" />
          </pattern>
        </defs>
        {halves.map(([half, mirrored]) => (
          <g key={half} transform={mirrored}>
            <path d={BODY} class="body" />
            {ZONES.filter((zone) => zone.view === view).map((zone) => {
              const on = chosen.has(zone.id) && (side === half || side === "both");
              return (
                <path
                  key={zone.id}
                  d={zone.path}
                  class={on ? "zone on" : "zone"}
                  style={on ? { fill: `url(#hatch-${view})` } : {}}
                  data-zone={zone.id}
                  data-side={half}
                  data-worst={on && worst === zone.id ? "yes" : undefined}
                  onClick={() => onTap(zone.id, half)}
                >
                  <title>{labels[zone.id]}</title>
                </path>
              );
            })}
          </g>
        ))}
      </svg>
      <figcaption>
        <span>{say(view === "front" ? "where.front_right" : "where.back_left")}</span>
        <strong>{say(view === "front" ? "where.front" : "where.back")}</strong>
        <span>{say(view === "front" ? "where.front_left" : "where.back_right")}</span>
      </figcaption>
    </figure>
  );
}
