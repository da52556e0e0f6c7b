import { expect, test } from "vitest";
import { reasonOfText } from "@/lib/core/message/reason-of-text";

test.each([
  ["C-STORE response status 0xA700", "dicom_no_resources"],
  ["DICOM status A900 from archive", "dicom_wrong_dataset"],
  ["C-STORE failed, status: C001", "dicom_not_understood"],
  ["C-STORE status 0x0122", "dicom_not_supported"],
  ["C-STORE status 0x0124", "dicom_not_authorised"],
  ["connect ECONNREFUSED 10.0.0.1:104", "connect_refused"],
  ["java.net.SocketException: Connection reset", "connection_lost"],
  ["ORA-00001: unique constraint violated", "database_error"],
  ["HTTP 503 Service Unavailable", "http_5xx"],
  ["nothing that is known", "other"],
])("%s is %s", (text, reason) => {
  expect(reasonOfText(text)).toBe(reason);
});

test.each(["B000", "B006", "B007"])("the DICOM warning %s is no reason to have failed", (status) => {
  expect(reasonOfText(`C-STORE status 0x${status}`)).toBe("other");
});
