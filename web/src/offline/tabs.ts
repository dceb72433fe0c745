/** What one tab of this phone does is of all: what waits, and what Python was told. */

type Deed = "waits" | "told";

let channel: BroadcastChannel | undefined;

/** Tell the other tabs of a DEED; one that does not listen hears it when it begins anew. */
export function tellTabs(deed: Deed): void {
  channel?.postMessage(deed);
}

/** Hear of the other tabs from now on. Return what ends this. */
export function hearTabs(hear: (deed: Deed) => void): () => void {
  channel = new BroadcastChannel("hipwise");
  channel.onmessage = ({ data }: MessageEvent<Deed>) => hear(data);
  return () => {
    channel?.close();
    channel = undefined;
  };
}
