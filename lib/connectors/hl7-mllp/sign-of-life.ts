/**
 * What an empty block is answered with: it has nothing to lose and is not kept. Some senders send one to keep a
 * connection; the connection test does, to tell this program from another on the port.
 */
export const SIGN_OF_LIFE = "MSH|^~\\&|SIGNALBOX|||||||ACK|0|P|2.5\rMSA|AA|\r";

export function isSignOfLife(text: string): boolean {
  return text === SIGN_OF_LIFE;
}
