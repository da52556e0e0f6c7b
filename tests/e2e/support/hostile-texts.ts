const texts = [
  "<script>window.hit=1</script>",
  "<img src=x onerror=window.hit=1>",
  "<svg onload=window.hit=1>",
  "<svg><script>window.hit=1</script></svg>",
  "<iframe srcdoc='<script>parent.hit=1</script>'>",
  "<details open ontoggle=window.hit=1>",
  "<body onload=window.hit=1>",
  "<a href=javascript:window.hit=1>x</a>",
  "<math><mtext></form><form><mglyph><style><img src=x onerror=window.hit=1>",
  "javascript:window.hit=1",
  "{{constructor.constructor('window.hit=1')()}}",
  "#{window.hit=1}",
  "</title><script>window.hit=1</script>",
  "</script><script>window.hit=1</script>",
  "'-(window.hit=1)-'",
  '"><img src=x onerror=window.hit=1>',
  '" autofocus onfocus=window.hit=1 x="',
  "<input autofocus onfocus=window.hit=1>",
  "<video><source onerror=window.hit=1></video>",
  "<object data=javascript:window.hit=1>",
] as const;

/** Markup in capitals; the script in it stays what it is. */
function inCapitals(text: string): string {
  return text.toUpperCase().replaceAll("WINDOW.HIT", "window.hit").replaceAll("PARENT.HIT", "parent.hit");
}

/**
 * Sixty texts that set `hit` on the window where they are taken for markup or script: each as it is, out of an attribute,
 * and in capitals behind a usual word. None holds a separator of HL7.
 */
export const hostileTexts: readonly string[] = texts.flatMap((text) => [
  text,
  `'">${text}`,
  `Laboratory ${inCapitals(text)}`,
]);

/** Found in each of them, in no other text of the product. */
export const HOSTILE = /(window|parent)\.hit=1/;
