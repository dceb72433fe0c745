/** What the device can do in a session: keep the screen on, give a sound, speak. Where it cannot, nothing breaks. */
import { language } from "../texts";

const TONE_HZ = 880;
const TONE_S = 0.18;
const LOUD = 0.15;

/** Keep the screen on until the returned function is called. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let wanted = true;
  const take = () => {
    if (!wanted || document.visibilityState !== "visible") return;
    navigator.wakeLock?.request("screen").then(
      (taken) => {
        lock = taken;
      },
      () => undefined,
    );
  };
  take();
  document.addEventListener("visibilitychange", take);
  return () => {
    wanted = false;
    document.removeEventListener("visibilitychange", take);
    void lock?.release();
  };
}

let sound: AudioContext | undefined;

/** Give a short tone and say WORDS aloud. */
export function signalEnd(words: string): void {
  try {
    sound ??= new AudioContext();
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    tone.frequency.value = TONE_HZ;
    volume.gain.value = LOUD;
    tone.connect(volume).connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + TONE_S);
  } catch {
    // no sound on this device
  }
  if ("speechSynthesis" in globalThis && words) {
    const spoken = new SpeechSynthesisUtterance(words);
    spoken.lang = language.value;
    speechSynthesis.cancel();
    speechSynthesis.speak(spoken);
  }
}
