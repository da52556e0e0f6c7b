import { createTransport } from "nodemailer";

/** A mail server, and how to speak to it. */
export type MailServer = {
  readonly host: string;
  readonly port: number;
  readonly isTlsFromStart: boolean;
  /** Whether a connection that cannot be encrypted is refused. */
  readonly needsTls: boolean;
  readonly login: { readonly user: string; readonly pass: string } | undefined;
};

export type Email = {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** By which mail servers know a second sending; without it every sending has one of its own. */
  readonly messageId?: string;
};

/** A mail server that does not answer must not hold up what comes after. */
const TIMEOUT_MS = 15_000;

/**
 * Sends one e-mail of plain text; resolves when the server has taken it on. Certificates are checked, TLS is 1.2 or newer.
 * @throws what the server or the network says
 */
export async function sendEmail(server: MailServer, email: Email): Promise<void> {
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.isTlsFromStart,
    requireTLS: server.needsTls,
    ignoreTLS: !server.needsTls && !server.isTlsFromStart,
    tls: { minVersion: "TLSv1.2" },
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(server.login === undefined ? {} : { auth: server.login }),
  });
  try {
    await transport.sendMail({ ...email });
  } finally {
    transport.close();
  }
}
