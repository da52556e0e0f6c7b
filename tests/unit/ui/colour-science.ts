/** Linear-light red, green and blue, 0–1. */
export type LinearRgb = readonly [number, number, number];
export type Vision = "normal" | "protan" | "deutan" | "tritan";
export const visions: readonly Vision[] = ["normal", "protan", "deutan", "tritan"];

/** "#rrggbb" to linear light (IEC 61966-2-1). */
export function linearRgb(hex: string): LinearRgb {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** WCAG 2.2 contrast ratio of two colours, 1–21. */
export function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [red, green, blue] = linearRgb(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** How a dichromat sees a colour: Machado, Oliveira and Fernandes 2009, severity 1. */
export function seenBy(vision: Vision, [red, green, blue]: LinearRgb): LinearRgb {
  const matrix = matrices[vision];
  const row = (start: number) => {
    const [a = 0, b = 0, c = 0] = matrix.slice(start, start + 3);
    return Math.min(1, Math.max(0, a * red + b * green + c * blue));
  };
  return [row(0), row(3), row(6)];
}

/** CIEDE2000 colour difference (Sharma, Wu and Dalal 2005) of two colours under one kind of vision. */
export function difference({ a, b, vision }: { a: string; b: string; vision: Vision }): number {
  return ciede2000(lab(seenBy(vision, linearRgb(a))), lab(seenBy(vision, linearRgb(b))));
}

export type Lab = readonly [number, number, number];

export function ciede2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const meanChroma = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const stretch = 1.5 - 0.5 * Math.sqrt(meanChroma ** 7 / (meanChroma ** 7 + 25 ** 7));
  const [c1, c2] = [Math.hypot(a1 * stretch, b1), Math.hypot(a2 * stretch, b2)];
  const [h1, h2] = [hue(b1, a1 * stretch), hue(b2, a2 * stretch)];
  const isGrey = c1 * c2 === 0;
  const turn = isGrey ? 0 : ((h2 - h1 + 540) % 360) - 180;
  const deltaHue = 2 * Math.sqrt(c1 * c2) * sine(turn / 2);
  const lightness = (l1 + l2) / 2;
  const chroma = (c1 + c2) / 2;
  const meanHue = isGrey ? h1 + h2 : (h1 + turn / 2 + 360) % 360;
  const t =
    1 -
    0.17 * cosine(meanHue - 30) +
    0.24 * cosine(2 * meanHue) +
    0.32 * cosine(3 * meanHue + 6) -
    0.2 * cosine(4 * meanHue - 63);
  const lightnessScale = 1 + (0.015 * (lightness - 50) ** 2) / Math.sqrt(20 + (lightness - 50) ** 2);
  const chromaScale = 1 + 0.045 * chroma;
  const hueScale = 1 + 0.015 * chroma * t;
  const rotation =
    -2 *
    Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7)) *
    sine(60 * Math.exp(-(((meanHue - 275) / 25) ** 2)));
  const [dl, dc, dh] = [(l2 - l1) / lightnessScale, (c2 - c1) / chromaScale, deltaHue / hueScale];
  return Math.sqrt(dl ** 2 + dc ** 2 + dh ** 2 + rotation * dc * dh);
}

const matrices: Record<Vision, readonly number[]> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

/** Linear sRGB to CIE Lab, D65 white. */
function lab([red, green, blue]: LinearRgb): Lab {
  const f = (value: number) => (value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116);
  const x = f((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
  const y = f(0.2126729 * red + 0.7151522 * green + 0.072175 * blue);
  const z = f((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function hue(b: number, a: number): number {
  return a === 0 && b === 0 ? 0 : ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;
}
function sine(degrees: number): number {
  return Math.sin((degrees * Math.PI) / 180);
}
function cosine(degrees: number): number {
  return Math.cos((degrees * Math.PI) / 180);
}
