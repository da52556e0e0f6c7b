/**
 * Text from base64; the given text itself where it is none, or not of text: senders forget to encode. A short word can be
 * valid base64 by chance, so what it stands for must be readable.
 */
export function fromBase64(given: string): string {
  const packed = given.replace(/\s+/g, "");
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return given;
  try {
    const text = utf8.decode(Buffer.from(packed, "base64"));
    return isReadable(text) ? text : given;
  } catch {
    return given;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** No control characters but those of text and of HL7 framing. */
function isReadable(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if ((code < 0x20 && !allowedControls.includes(code)) || (code >= 0x7f && code < 0xa0)) return false;
  }
  return true;
}

const allowedControls = [0x09, 0x0a, 0x0b, 0x0d, 0x1c, 0x1d, 0x1e, 0x1f];
