/** The curves of a run, second by second: one below the other along one axis, to be looked at closer by hand or by keys. */
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import "../styles/run.css";
import type { Streams as Data } from "../api/types";
import { settings } from "../state/settings";
import {
  type Along,
  clock,
  type Curves,
  curvesOf,
  dragged,
  metresOf,
  moved,
  nearest,
  paceOf,
  paceTicks,
  placeOf,
  type View,
  zoomed,
} from "../state/streams";
import { number, say, type TextId } from "../texts";
import { Segments } from "./segments";

/** A place to be marked: a lap that was pressed, or where the pain began (between two ends). */
export interface Spot {
  name: string;
  from_m: number;
  /** null: nobody knows until where. */
  to_m?: number | null;
}

interface Props {
  data: Data;
  /** What matters most first: where names have no room beside one another, the later is left out. */
  spots: Spot[];
}

type Name = Data["streams"][number]["name"];

const KM_M = 1000;
const S_PER_MIN = 60;
const HIGH: Record<Name, number> = { speed_mps: 176, heart_rate_bpm: 144, cadence_spm: 144, altitude_m: 120 };
const FOOT = 34;
const SIDE = 64;
const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const FAINT = "color-mix(in srgb, var(--chart-1) 30%, transparent)";
const CLOSER = 0.5;
const ASIDE = 0.5;
const LOOKS = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(forced-colors: active)"];

/** Show the curves of a run. */
export function Streams({ data, spots }: Props): JSX.Element {
  const { units } = settings.value;
  const [along, setAlong] = useState<Along>(data.distance_m ? "length" : "time");
  const curves = useMemo(() => curvesOf(data, along, metresOf(units)), [data, along, units]);
  const whole: View = [curves.xs[0] ?? 0, curves.xs.at(-1) ?? 0];
  const [seen, setSeen] = useState<{ of: Curves; view: View } | null>(null);
  const view = seen?.of === curves ? seen.view : whole; // another axis begins with the whole run
  const look = (next: View) => setSeen({ of: curves, view: next });
  const [place, setPlace] = useState(0);
  const here = Math.min(place, curves.xs.length - 1);
  const marks = spots.flatMap((spot) => marked(spot, data, along, metresOf(units), whole));
  return (
    <div class="curves stack">
      {data.distance_m && (
        <Segments
          name={say("run.axis")}
          value={along}
          onChoose={(chosen) => setAlong(chosen as Along)}
          options={[
            { value: "length", label: say("run.axis_length") },
            { value: "time", label: say("run.axis_time") },
          ]}
        />
      )}
      {data.streams.some((each) => each.low) && <p class="small quiet">{say("run.how")}</p>}
      <output class="curves-here" aria-live="polite">
        {told(data, curves, here, along).map((each) => (
          <span key={each}>{each}</span>
        ))}
      </output>
      <label class="stack tight">
        <span class="small">{say("run.place")}</span>
        <input
          type="range"
          min={nearest(curves.xs, view[0])}
          max={nearest(curves.xs, view[1])}
          value={here}
          aria-valuetext={told(data, curves, here, along).slice(0, 2).join(", ")}
          onInput={(event) => setPlace(Number(event.currentTarget.value))}
        />
      </label>
      {data.streams.map((stream, row) => (
        <section key={stream.name} class="curve">
          <h3>{say(`run.${stream.name}` as TextId)}</h3>
          <Curve
            name={stream.name}
            curves={curves}
            view={view}
            whole={whole}
            place={here}
            marks={marks}
            foot={row === data.streams.length - 1 ? unitOf(along) : null}
            onLook={look}
            onPlace={setPlace}
          />
        </section>
      ))}
      <div class="row even">
        <Act name="run.zoom_in" onAct={() => look(zoomed(view, whole, CLOSER, inside(curves.xs[here] ?? 0, view)))} />
        <Act name="run.zoom_out" onAct={() => look(zoomed(view, whole, 1 / CLOSER))} off={covers(view, whole)} />
        <Act name="run.earlier" onAct={() => look(moved(view, whole, -ASIDE))} off={view[0] <= whole[0]} />
        <Act name="run.later" onAct={() => look(moved(view, whole, ASIDE))} off={view[1] >= whole[1]} />
        <Act name="run.whole" onAct={() => look(whole)} off={covers(view, whole)} />
      </div>
      {data.breaks.length > 0 && <p class="small quiet">{say("run.breaks", { count: data.breaks.length })}</p>}
    </div>
  );
}

/** A button that keeps the focus where it can do nothing more. */
function Act({ name, onAct, off = false }: { name: TextId; onAct: () => void; off?: boolean }): JSX.Element {
  return (
    <button type="button" class="button" aria-disabled={off} onClick={() => !off && onAct()}>
      {say(name)}
    </button>
  );
}

function covers(view: View, whole: View): boolean {
  return view[0] <= whole[0] && view[1] >= whole[1];
}

function inside(place: number, [from, to]: View): number {
  return place >= from && place <= to ? place : (from + to) / 2;
}

function unitOf(along: Along): string {
  if (along === "time") return say("unit.min", { minutes: "" }).trim();
  return say(settings.value.units === "mi" ? "unit.mi" : "unit.km", { value: "" }).trim();
}

/** What is known at a place of the run, in words. */
function told(data: Data, { xs, columns }: Curves, place: number, along: Along): string[] {
  const unitM = metresOf(settings.value.units);
  const x = xs[place] ?? 0;
  const row = along === "length" ? nearest(data.distance_m ?? [], x * unitM) : nearest(data.timer_s, x * S_PER_MIN);
  const way = data.distance_m?.[row];
  const miles = settings.value.units === "mi";
  return [
    ...(way === undefined ? [] : [say(miles ? "unit.mi" : "unit.km", { value: number(way / unitM, 2) })]),
    clock(data.timer_s[row] ?? 0),
    ...data.streams.map(({ name }) => {
      const value = columns[name]?.[0]?.[place] ?? null;
      const word = say(`run.${name}` as TextId);
      return `${word}: ${value === null ? say("unit.unknown") : measured(name, value, unitM)}`;
    }),
  ];
}

function measured(name: Name, value: number, unitM: number): string {
  if (name === "speed_mps") return say(unitM === KM_M ? "run.min_km" : "run.min_mi", { value: paceOf(value, unitM) });
  const text = { heart_rate_bpm: "run.bpm", cadence_spm: "run.spm", altitude_m: "run.metres" } as const;
  return say(text[name], { value: Math.round(value) });
}

interface Mark {
  name: string;
  from: number;
  /** As `from` where it is a line. */
  to: number;
}

function marked(spot: Spot, data: Data, along: Along, unitM: number, whole: View): Mark[] {
  const from = placeOf(data, along, unitM, spot.from_m);
  if (from === null) return [];
  if (spot.to_m === undefined) return [{ name: spot.name, from, to: from }];
  const to = spot.to_m === null ? whole[1] : (placeOf(data, along, unitM, spot.to_m) ?? whole[1]);
  return [{ name: spot.name, from, to }];
}

interface CurveProps {
  name: Name;
  curves: Curves;
  view: View;
  whole: View;
  place: number;
  marks: Mark[];
  /** The unit of the axis below; null: another curve shows it. */
  foot: string | null;
  onLook: (view: View) => void;
  onPlace: (place: number) => void;
}

/** One curve. It is drawn anew where its data, its room or the looks change; what is seen of it, and where one is, follow. */
function Curve(props: CurveProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const now = useRef(props);
  now.current = props;
  const looks = useLooks();
  useEffect(() => {
    const room = box.current;
    if (!room) return;
    const made = new UPlot(optionsOf(room, now), dataOf(props), room);
    plot.current = made;
    follow(made, now.current);
    const fit = new ResizeObserver(() => {
      if (room.clientWidth !== made.width) made.setSize({ width: room.clientWidth, height: made.height });
    });
    fit.observe(room);
    return () => {
      fit.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [props.curves, props.name, props.foot, looks]);
  useEffect(() => {
    if (plot.current) follow(plot.current, props);
  }, [props.view[0], props.view[1], props.place, props.curves]);
  return <div ref={box} class="curve-box" aria-hidden="true" dir="ltr" />;
}

function follow(plot: UPlot, props: CurveProps): void {
  const [min, max] = props.view;
  plot.batch(() => {
    plot.setScale("x", { min, max });
    point(plot, props);
  });
}

/** Put the cursor where one is; where that is not seen there is none. */
function point(plot: UPlot, { view, place, curves }: CurveProps): void {
  const x = curves.xs[place] ?? 0;
  const shown = x >= view[0] && x <= view[1];
  const left = ((x - view[0]) / (view[1] - view[0] || 1)) * (plot.bbox.width / devicePixelRatio);
  plot.setCursor({ left: shown ? left : -1, top: shown ? 0 : -1 }, false);
}

function dataOf({ curves, name }: CurveProps): UPlot.AlignedData {
  return [curves.xs, ...(curves.columns[name] ?? [])];
}

/** Return what changes when the page looks otherwise: colours are read once for a picture. */
function useLooks(): string {
  const { theme, contrast, text_size } = settings.value;
  const [times, setTimes] = useState(0);
  useEffect(() => {
    const asked = LOOKS.map((each) => matchMedia(each));
    const again = () => setTimes((before) => before + 1);
    for (const each of asked) each.addEventListener("change", again);
    return () => asked.forEach((each) => each.removeEventListener("change", again));
  }, []);
  return `${theme} ${contrast} ${text_size} ${times}`;
}

/** Return a COLOUR as it is now, in ROOM: a canvas knows nothing of the house's names. */
function colourOf(room: HTMLElement, colour: string): string {
  const probe = document.createElement("i");
  probe.style.color = colour;
  room.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function optionsOf(room: HTMLElement, now: { current: CurveProps }): UPlot.Options {
  const { name, curves, foot } = now.current;
  const [quiet, line, curve, mark] = ["--chart-quiet", "--chart-line", "--chart-1", "--see"].map((token) =>
    colourOf(room, `var(${token})`),
  ) as [string, string, string, string];
  const size = parseFloat(getComputedStyle(room).fontSize);
  const font = `${size}px ${getComputedStyle(room).fontFamily}`;
  const unitM = metresOf(settings.value.units);
  const banded = (curves.columns[name]?.length ?? 0) > 1;
  const paced = name === "speed_mps";
  const axis = { stroke: quiet, font, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1, size: 6 } };
  const upright: UPlot.Axis = paced
    ? {
        ...axis,
        splits: (_, __, low, high) => paceTicks(low, high, unitM),
        values: (_, splits) => splits.map((speed) => paceOf(speed, unitM)),
      }
    : { ...axis, space: size * 2, incrs: WHOLE_STEPS, values: (_, splits) => splits.map((value) => number(value, 0)) };
  // a moment of standing still, or a jump of the receiver, would press the curve of a pace flat
  const each = { scale: "y", stroke: "transparent", width: 0, points: { show: false }, auto: !paced };
  return {
    width: room.clientWidth,
    height: HIGH[name] + (foot === null ? 0 : FOOT),
    padding: [size, 12, foot === null ? 8 : 0, 0],
    legend: { show: false },
    scales: { x: { time: false, auto: false } },
    axes: [
      { ...axis, size: foot === null ? 0 : FOOT, values: (_, splits) => labelled(splits, foot), show: true },
      { ...upright, size: SIDE },
    ],
    series: [
      {},
      { scale: "y", stroke: curve, width: 2, points: { fill: curve } },
      ...(banded ? [each, each] : []),
    ],
    bands: banded ? [{ series: [3, 2], fill: colourOf(room, FAINT) }] : [],
    cursor: {
      y: false,
      points: { show: (_, series) => (series === 1 ? dot() : (null as unknown as HTMLElement)) },
      drag: { x: true, y: false, setScale: false },
      bind: { dblclick: () => () => (now.current.onLook(now.current.whole), null) },
    },
    hooks: {
      drawClear: [(plot) => drawMarks(plot, now.current.marks, { mark, font })],
      setCursor: [
        (plot) => {
          if (plot.cursor.idx == null) point(plot, now.current); // the mouse has left: the place stays
          else now.current.onPlace(plot.cursor.idx);
        },
      ],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          const { whole, onLook } = now.current;
          const view = dragged(plot.posToVal(left, "x"), plot.posToVal(left + width, "x"), whole);
          if (view) onLook(view);
        },
      ],
    },
  };
}

/** The dot on a curve where one is (styles/run.css). */
function dot(): HTMLElement {
  const made = document.createElement("div");
  made.className = "curve-dot";
  return made;
}

/** The numbers below a curve; the first one says what they count. */
function labelled(splits: number[], unit: string | null): string[] {
  if (unit === null) return splits.map(() => "");
  return splits.map((value, place) => (place === 0 ? `${number(value, 2)} ${unit}` : number(value, 2)));
}

/** Draw where laps were pressed (a line with its name) and where the pain began (a hatched stretch between dashed ends). */
function drawMarks(plot: UPlot, marks: Mark[], { mark, font }: { mark: string; font: string }): void {
  const { ctx, bbox } = plot;
  const step = 6 * devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, 0, bbox.width, bbox.top + bbox.height);
  ctx.clip();
  ctx.strokeStyle = mark;
  ctx.fillStyle = mark;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.font = font.replace(/^[\d.]+/, (size) => String(Number(size) * devicePixelRatio));
  ctx.textBaseline = "bottom";
  ctx.textAlign = "left";
  const taken: [number, number][] = [];
  for (const each of marks) {
    const [from, to] = [plot.valToPos(each.from, "x", true), plot.valToPos(each.to, "x", true)];
    if (to > from) hatch(ctx, from, to, bbox);
    ctx.setLineDash([step, step]);
    for (const x of new Set([from, to])) stroke(ctx, x, bbox.top, x, bbox.top + bbox.height);
    ctx.setLineDash([]);
    const wide = ctx.measureText(each.name).width;
    const left = Math.max(bbox.left, Math.min(from, bbox.left + bbox.width - wide));
    const room = taken.every(([begin, end]) => left > end + step || left + wide + step < begin);
    if (!room || to < bbox.left || from > bbox.left + bbox.width) continue; // the list of laps has all the names
    ctx.fillText(each.name, left, bbox.top);
    taken.push([left, left + wide]);
  }
  ctx.restore();
}

function hatch(ctx: CanvasRenderingContext2D, from: number, to: number, bbox: UPlot.BBox): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(from, bbox.top, to - from, bbox.height);
  ctx.clip();
  ctx.globalAlpha = 0.35;
  const step = 10 * devicePixelRatio;
  for (let x = from - bbox.height; x < to; x += step) stroke(ctx, x, bbox.top + bbox.height, x + bbox.height, bbox.top);
  ctx.restore();
}

function stroke(ctx: CanvasRenderingContext2D, x: number, y: number, toX: number, toY: number): void {
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(toX, toY);
  ctx.stroke();
}
