import { describe, expect, test } from "vitest";
import { MAX_ERROR_TEXT_LENGTH, scrubErrorText } from "@/lib/core/message/scrub";

describe("an error text loses", () => {
  test.each([
    ["numbers of four digits and more", "no order 48213 found", "no order ‹number› found"],
    ["identifiers that mix letters and digits", "unknown key AB00123x", "unknown key ‹number›"],
    ["dates", "born 1962-04-17 or 17.04.1962", "born ‹date› or ‹date›"],
    ["what HL7 segments hold", "at PID|1||48^^^HOSP||ROE^JANE\r\nnext", "at PID|‹fields›\r\nnext"],
    ["components outside a segment", "value ROE^JANE^Q was refused", "value ‹components› was refused"],
    ["quoted values", "field \"Roe, Jane\" and 'Roe' are bad", "field \"‹value›\" and '‹value›' are bad"],
    ["what labels announce", "Patient name: Roe, Jane; retry", "Patient name: ‹value›; retry"],
    ["names behind the word patient", "for patient Jane Roe not found", "for patient ‹value› not found"],
    ["addresses", "mailbox jane.roe@example.org full", "mailbox ‹address› full"],
    ["XML content", "<family>Roe</family> unexpected", "<family>‹value›</family> unexpected"],
    ["long tokens", `token ${"aB".repeat(30)} expired`, "token ‹token› expired"],
  ])("%s", (_, text, expected) => {
    expect(scrubErrorText(text)).toBe(expected);
  });
});

describe("an error text keeps", () => {
  test.each([
    "java.net.ConnectException: Connection refused (Connection refused)",
    "\tat com.example.Tcp.send(TcpDispatcher.java:412)",
    "HTTP 503 Service Unavailable from 10.20.30.40:443",
    "NACK sent from receiver. (Error) MSA-1 AE, ERR-3 207",
    "TypeError: value 'null' has no properties",
    "Required field PID-3 is missing in segment 2",
    "ORA-00001: unique constraint violated, SQLSTATE 23505",
    "C-STORE failed, status 0x0122, tag (0010,0020), table 0396",
    "Cannot read msg['PID.3']",
    'violates unique constraint "orders_pkey"',
  ])("%s", (text) => {
    expect(scrubErrorText(text)).toBe(text);
  });
});

test("a text is cut to its longest length, and a flood of it does not take long to read", () => {
  expect(scrubErrorText("x ".repeat(100_000))).toHaveLength(MAX_ERROR_TEXT_LENGTH);
  expect(scrubErrorText("^".repeat(16_384)).length).toBeLessThanOrEqual(MAX_ERROR_TEXT_LENGTH);
});

test.each([
  [
    "in its form of today",
    "ERR||PID^1^3|101^Required field missing|E|||Roe",
    "ERR|‹fields› PID-3 code 101 required field missing",
  ],
  [
    "in its old form",
    "ERR|OBX^2^5^102&Data type error&HL70357",
    "ERR|‹fields› OBX-5 code 102 data type error",
  ],
  ["which tells no place", "ERR||Roe^Jane|x", "ERR|‹fields›"],
  ["of an acknowledgement", "MSA|AE|77|Order missing for ROE^JANE", "MSA|AE|‹fields› order missing"],
])("of an acknowledgement stay place, code and words of machines, %s", (_, text, expected) => {
  expect(scrubErrorText(text)).toBe(expected);
  expect(scrubErrorText(expected)).toBe(expected);
});

test("scrubbing twice changes nothing more", () => {
  const once = scrubErrorText('patient Jane Roe, MRN: 483920, "Roe", 1962-04-17');
  expect(scrubErrorText(once)).toBe(once);
});
