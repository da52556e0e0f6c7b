import { describe, expect, test } from "vitest";
import { ConfigurationError, parseEnv } from "@/lib/config/env";

const whole = {
  SIGNALBOX_SMTP_URL: "smtp://user%40x:p%3Aw@mail.example.org",
  SIGNALBOX_MAIL_FROM: "signalbox@example.org",
  SIGNALBOX_WITNESS_EMAIL: "privacy@example.org",
};
const mailOf = (url: string) => parseEnv({ ...whole, SIGNALBOX_SMTP_URL: url }).mail;
const refused = (raw: Readonly<Record<string, string>>) => {
  try {
    parseEnv(raw);
    return [];
  } catch (error) {
    return error instanceof ConfigurationError ? error.problems.map(({ variable }) => variable) : ["other"];
  }
};

describe("the settings of e-mail", () => {
  test("are none by default, and are set together", () => {
    expect(parseEnv({}).mail).toBeUndefined();
    expect(refused({ SIGNALBOX_WITNESS_EMAIL: "a@example.org" })).toEqual([
      "SIGNALBOX_SMTP_URL",
      "SIGNALBOX_MAIL_FROM",
    ]);
  });

  test("name server, port and login, and demand encryption of every server elsewhere", () => {
    expect(parseEnv(whole).mail).toEqual({
      host: "mail.example.org",
      port: 587,
      isTlsFromStart: false,
      needsTls: true,
      login: { user: "user@x", pass: "p:w" },
      from: "signalbox@example.org",
      witnessTo: "privacy@example.org",
    });
    expect(mailOf("smtps://mail.example.org")).toMatchObject({
      port: 465,
      isTlsFromStart: true,
      login: undefined,
    });
    expect(mailOf("smtp://127.0.0.1:2525")).toMatchObject({ port: 2525, needsTls: false });
  });

  test.each([
    ["SIGNALBOX_SMTP_URL", "https://mail.example.org"],
    ["SIGNALBOX_SMTP_URL", "mail.example.org"],
    ["SIGNALBOX_WITNESS_EMAIL", "a@example.org, b@example.org"],
    ["SIGNALBOX_MAIL_FROM", "Signalbox"],
  ])("refuse %s = %s", (variable, value) => {
    expect(refused({ ...whole, [variable]: value })).toEqual([variable]);
  });
});
