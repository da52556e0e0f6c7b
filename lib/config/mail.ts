import { z } from "zod";
import { isLoopbackHost } from "@/lib/config/network";

/** How e-mail is sent, and to whom the head of the audit trail goes. */
export type MailSettings = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte on; otherwise STARTTLS is demanded, but of a server on this machine. */
  readonly isTlsFromStart: boolean;
  readonly needsTls: boolean;
  readonly login: { readonly user: string; readonly pass: string } | undefined;
  readonly from: string;
  readonly witnessTo: string;
};

/** The variables, as they stand in the environment. */
export const mailVariables = {
  SIGNALBOX_SMTP_URL: z
    .string()
    .refine(isSmtpUrl, "must be like smtp://user:password@mail.example.org:587 or smtps://mail.example.org")
    .optional(),
  SIGNALBOX_MAIL_FROM: z.email("must be one e-mail address").optional(),
  SIGNALBOX_WITNESS_EMAIL: z.email("must be one e-mail address").optional(),
};

type Raw = z.output<z.ZodObject<typeof mailVariables>>;

/** What is missing: the three are set together or not at all. */
export function refuseMail(raw: Raw): readonly { readonly variable: string; readonly problem: string }[] {
  const { SIGNALBOX_SMTP_URL, SIGNALBOX_MAIL_FROM, SIGNALBOX_WITNESS_EMAIL } = raw;
  const together = { SIGNALBOX_SMTP_URL, SIGNALBOX_MAIL_FROM, SIGNALBOX_WITNESS_EMAIL };
  const missing = Object.entries(together).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length === 0 || missing.length === 3) return [];
  const problem =
    "is missing: SIGNALBOX_SMTP_URL, SIGNALBOX_MAIL_FROM and SIGNALBOX_WITNESS_EMAIL are set together";
  return missing.map((variable) => ({ variable, problem }));
}

/** The settings as a whole; undefined where no e-mail is sent. */
export function mailOf(raw: Raw): MailSettings | undefined {
  const { SIGNALBOX_SMTP_URL: url, SIGNALBOX_MAIL_FROM: from, SIGNALBOX_WITNESS_EMAIL: witnessTo } = raw;
  if (url === undefined || from === undefined || witnessTo === undefined) return undefined;
  const { protocol, hostname, port, username, password } = new URL(url);
  const isTlsFromStart = protocol === "smtps:";
  return {
    host: hostname,
    port: port === "" ? (isTlsFromStart ? 465 : 587) : Number(port),
    isTlsFromStart,
    needsTls: !isLoopbackHost(hostname),
    login:
      username === ""
        ? undefined
        : { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    from,
    witnessTo,
  };
}

function isSmtpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return (protocol === "smtp:" || protocol === "smtps:") && hostname !== "";
}
