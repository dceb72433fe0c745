/**
 * The body map: hips from the front and from behind, drawn for this app. The picture is the ornament, the list beside
 * it the control; both show the same, and either can be used.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { say } from "../texts";
import { Icon } from "./icons";

export type Side = "left" | "right";

interface Zone {
  id: string;
  view: "front" | "back";
  /** The zone on the half at the reader's right, in a picture of 320 by 400. */
  path: string;
}

/** The half at the reader's right: the skin, its contour, and soft lines that give it depth. */
const BODY =
  "M160 6H207C204 30 202 46 207 62C213 86 238 96 248 128C258 160 256 194 252 224C247 268 238 300 234 330" +
  "C231 350 232 360 236 380H187C190 362 190 350 188 334C184 296 178 256 166 220C164 214 162 212 160 211Z";
const CONTOUR =
  "M207 6C204 30 202 46 207 62C213 86 238 96 248 128C258 160 256 194 252 224C247 268 238 300 234 330C231 350 232 360 236 380" +
  "M187 380C190 362 190 350 188 334C184 296 178 256 166 220C164 214 162 212 160 211";
const SOFT = {
  front: "M236 116C222 146 198 182 170 206M160 46v5M200 340C206 334 218 334 224 340M198 356C204 366 220 366 226 356",
  back: "M160 128V206M160 206C176 204 204 206 222 192M160 20V96M196 348C206 352 218 352 228 348M176 92q4 3 8 2",
};

const ZONES: Zone[] = [
  { id: "front_hip", view: "front", path: "M192 84C206 78 226 90 232 102C236 116 234 128 226 136C212 138 196 130 188 118C185 104 187 92 192 84Z" },
  { id: "outer_hip", view: "front", path: "M236 100C244 112 268 130 268 178C254 186 238 184 229 176C230 162 237 152 238 138C240 124 238 112 236 100Z" },
  { id: "groin", view: "front", path: "M184 122C198 136 214 142 225 144C216 166 200 188 184 202C178 194 178 178 176 162C176 146 179 132 184 122Z" },
  { id: "pubis", view: "front", path: "M160 154H172C175 154 176 156 176 160C177 176 178 190 178 206C172 209 166 210 160 210Z" },
  { id: "front_thigh", view: "front", path: "M197 196C210 184 221 168 227 152C228 164 227 176 226 186L220 318H200C200 272 199 232 197 196Z" },
  { id: "outer_thigh", view: "front", path: "M230 182C240 190 254 190 268 184C264 230 254 280 250 318H224Z" },
  { id: "inner_thigh", view: "front", path: "M160 212C174 211 186 206 193 199C196 240 196 280 196 318H150Z" },
  { id: "low_back", view: "back", path: "M160 12H214C204 40 204 52 209 64C192 72 172 72 160 70Z" },
  { id: "back_of_pelvis", view: "back", path: "M160 75C174 77 190 77 203 74C199 100 187 128 173 141C168 144 163 145 160 145Z" },
  { id: "buttock", view: "back", path: "M208 76C224 90 234 108 237 140C238 164 228 180 206 183C190 181 177 171 169 150C185 140 202 112 208 76Z" },
  { id: "outer_hip", view: "back", path: "M236 98C250 116 268 138 268 180C256 188 244 186 233 178C242 162 244 134 236 98Z" },
  { id: "sit_bone", view: "back", path: "M164 164C176 184 196 189 213 188C214 206 202 219 185 217C172 215 164 208 162 196C161 184 161 174 164 164Z" },
  { id: "back_thigh", view: "back", path: "M168 222C186 226 212 220 226 188C228 188 229 188 231 188L221 318H150Z" },
  { id: "outer_thigh", view: "back", path: "M235 186C246 193 256 193 268 186C264 230 254 280 250 318H225Z" },
];

interface Props {
  labels: Record<string, string>;
  chosen: ReadonlySet<string>;
  side: Side | "both" | null;
  worst: string | null;
  onTap: (zone: string, side: Side) => void;
  /** Somebody would rather have the list. */
  onList: () => void;
}

/** Draw both views (on a phone one at a time, so that every place is as large as a finger); a tap chooses a zone. */
export function BodyMap({ onList, ...props }: Props): JSX.Element {
  const [shown, setShown] = useState<"front" | "back">("front");
  return (
    <section class="stack tight">
      <div class="row level body-turn">
        <div class="segments">
          {(["front", "back"] as const).map((view) => (
            <button key={view} type="button" class="turn" aria-pressed={shown === view} onClick={() => setShown(view)}>
              {say(`where.${view}`)}
            </button>
          ))}
        </div>
        <button type="button" class="button plain" aria-label={say("where.to_list_of")} onClick={onList}>
          {say("where.to_list")}
          <Icon name="down" />
        </button>
      </div>
      <div class={`body-map shows-${shown}`} aria-hidden="true">
        <View view="front" {...props} />
        <View view="back" {...props} />
      </div>
    </section>
  );
}

function View({ view, labels, chosen, side, worst, onTap }: Omit<Props, "onList"> & { view: "front" | "back" }): JSX.Element {
  // Seen from the front the runner's left lies at the reader's right; from behind it is the other way round.
  const halves: [Side, string | undefined][] = [
    [view === "front" ? "left" : "right", undefined],
    [view === "front" ? "right" : "left", "translate(320 0) scale(-1 1)"],
  ];
  return (
    <figure class={view}>
      <svg viewBox="46 40 228 284" focusable="false">
        <defs>
          <pattern id={`hatch-${view}`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="7" height="7" class="zone-fill" />
            <line x1="0" y1="0" x2="0" y2="7" class="zone-hatch" />
          </pattern>
        </defs>
        <clipPath id={`skin-${view}`}>
          <path d={BODY} />
        </clipPath>
        {halves.map(([half, mirrored]) => (
          <g key={half} transform={mirrored}>
            <path d={BODY} class="body" />
            <path d={SOFT[view]} class="soft-line" />
            {ZONES.filter((zone) => zone.view === view).map((zone) => {
              const on = chosen.has(zone.id) && (side === half || side === "both");
              return (
                <path
                  key={zone.id}
                  d={zone.path}
                  class={on ? "zone on" : "zone"}
                  style={on ? { fill: `url(#hatch-${view})` } : {}}
                  clip-path={`url(#skin-${view})`}
                  data-zone={zone.id}
                  data-side={half}
                  data-worst={on && worst === zone.id ? "yes" : undefined}
                  onClick={() => onTap(zone.id, half)}
                >
                  <title>{labels[zone.id]}</title>
                </path>
              );
            })}
            <path d={CONTOUR} class="contour" />
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
