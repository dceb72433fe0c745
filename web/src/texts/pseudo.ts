/** A language that nobody speaks: longer words with accents, so that tests see plain English and tight layouts. */
const ACCENTS: Record<string, string> = {
  a: "á", c: "ç", e: "é", g: "ğ", i: "í", l: "ł", n: "ñ", o: "ö", r: "ř", s: "š", t: "ţ", u: "ü", y: "ý", z: "ž",
  A: "Å", C: "Č", D: "Ð", E: "É", G: "Ğ", H: "Ħ", I: "Í", L: "Ł", N: "Ñ", O: "Ø", R: "Ř", S: "Š", T: "Ŧ", U: "Û", W: "Ŵ",
};
const LONGER = 0.4;

/** Return TEXT with accents, brackets and two fifths more length; what stands in {braces} stays. */
export function pseudo(text: string): string {
  const accented = text
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith("{") ? part : [...part].map((sign) => ACCENTS[sign] ?? sign).join("")))
    .join("");
  return `⟦${accented}${"~".repeat(Math.ceil(text.length * LONGER))}⟧`;
}
