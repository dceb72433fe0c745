/** Pictures of one line each, drawn for this app. Every one stands beside words. */
import type { JSX } from "preact";

const paths = {
  today: "M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z",
  plan: "M5 5h14v15H5zM5 10h14M9 3v4M15 3v4M9 14h2M13 14h2M9 17h2",
  training: "M4 20V11M9 20V6M14 20v-6M19 20V9",
  hip: "M4.5 12.5A7.5 7.5 0 0 1 16 6M12 8.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM14.5 15.5c2.6 1 4 2.6 4.5 5",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  run: "M13 4.5a1.6 1.6 0 1 0 3.2 0 1.6 1.6 0 0 0-3.2 0M6 9.5l4-2.5 4 2-2.5 5 4 2.5-1 5.5M11.5 14 9 17.5H5M14 9l2 2.5h3",
  less: "M6 5h12M8 5v4l3 3-3 3v4M16 5v4l-3 3 3 3v4M6 19h12",
  rest: "M19 14.5A7.5 7.5 0 0 1 9.5 5a7.5 7.5 0 1 0 9.5 9.5Z",
  see: "M12 3 4.5 6v5.5c0 4.6 3.2 7.7 7.5 9.5 4.3-1.8 7.5-4.9 7.5-9.5V6zM12 8.5v6M9 11.5h6",
  ask: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.8h.01",
  alarm: "M12 3.5 2.5 20h19zM12 10v4.5M12 17.3h.01",
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  down: "M5 9l7 7 7-7",
  close: "M6 6l12 12M18 6 6 18",
  check: "M5 12.5 10 17.5 19.5 7",
  undo: "M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-4",
  star: "M12 4l2.4 5 5.6.7-4.1 3.8 1.1 5.5L12 16.3 7 19l1.1-5.5L4 9.7 9.6 9z",
  phone: "M8 3h8v18H8zM11 18h2",
  settings: "M4 7h9M17 7h3M13 5v4M4 12h3M11 12h9M9 10v4M4 17h8M16 17h4M14 15v4",
  words: "M4 5h16v11H10l-4 4v-4H4z",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8 5.5v13M16 5.5v13",
  sound: "M4 10v4h3.5L12 18V6L7.5 10zM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11",
  offline: "M4 4l16 16M8.5 15.5a5 5 0 0 1 6-.8M5 12a10 10 0 0 1 4-2.4M19 12a10 10 0 0 0-5.5-2.8M12 19h.01",
  grip: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
  lock: "M7 11h10v9H7zM9 11V8a3 3 0 0 1 6 0v3",
  open: "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14Z",
  seat: "M7 4v9.5h8.5V20M7 13.5V20M7 9.5h6",
  walk: "M11.3 4.3a1.5 1.5 0 1 0 3 0 1.5 1.5 0 0 0-3 0M12.3 8.2 11 14l3.2 2.6L15.5 21M11 14l-1.2 3.5L7 21M12.3 8.2 8.8 10l-.6 3.2M12.8 9.8l1.8 2 2.6.6",
  rise: "M3 18.5h18M7 18.5a5 5 0 0 1 10 0M12 5v4.5M4.5 11l2.4 1.8M19.5 11l-2.4 1.8",
  flag: "M6 21V4M6 5h11l-2.5 4L17 13H6",
} as const;

export type IconName = keyof typeof paths;

/** Draw an icon; it says nothing to a screen reader, because words stand beside it. */
export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}

/** The mark of hipwise: a ball in its socket. */
export function Mark(): JSX.Element {
  return (
    <svg viewBox="0 0 512 512" aria-hidden="true" focusable="false">
      <rect width="512" height="512" rx="112" fill="#0e5a5f" />
      <path d="M126 262a130 130 0 0 1 204-106" fill="none" stroke="#f3c98b" stroke-width="44" stroke-linecap="round" />
      <circle cx="256" cy="262" r="78" fill="#fff" />
      <path d="M300 306c46 20 78 58 86 112" fill="none" stroke="#fff" stroke-width="60" stroke-linecap="round" />
    </svg>
  );
}
