/** Ways in which a row of the stub goes wrong. */
export const failureKinds = [
  "connect_refused",
  "timeout",
  "http_500",
  "http_422",
  "nack_ae",
  "nack_ar",
  "transform_error",
  "filter_error",
  "script_response",
  "file_error",
  "database_error",
  "dicom_refused",
] as const;
export type FailureKind = (typeof failureKinds)[number];

export type FailureText = {
  /** Bit 1 = processing. A script that *returns* an error leaves 0, with status ERROR all the same. */
  readonly errorCode: number;
  /** "X error", "ERROR MESSAGE: …", then what Java adds; undefined where the engine keeps no text. */
  readonly processingError: string | undefined;
  readonly responseMessage: string;
  readonly statusMessage: string;
  /** Failed before anything was sent: the row has neither sendDate nor responseDate. */
  readonly isBeforeSend: boolean;
  /** How long the engine waited in vain. */
  readonly waitedMs?: number;
  readonly httpStatus?: { readonly code: number; readonly line: string };
};

/** What the engine writes down about a failure: texts as it words them, stack frames shortened. */
export function failureText(kind: FailureKind, where: { readonly channelName: string }): FailureText {
  const sent = { errorCode: 1, responseMessage: "", isBeforeSend: false };
  switch (kind) {
    case "connect_refused":
      return {
        ...sent,
        processingError: refusedText,
        statusMessage: "Error connecting to partner.",
      };
    case "timeout":
      return {
        ...sent,
        processingError: `TCP Sender error\nERROR MESSAGE: Timeout waiting for response\njava.net.SocketTimeoutException: Read timed out${frames}`,
        statusMessage: "Timeout waiting for response",
        waitedMs: responseTimeoutMs,
      };
    case "http_500":
      return httpFailure({
        code: 500,
        line: "HTTP/1.1 500 Internal Server Error",
        body: "index node unavailable",
      });
    case "http_422":
      return httpFailure({ code: 422, line: "HTTP/1.1 422 Unprocessable Entity", body: unprocessable });
    case "nack_ae":
      return nackFailure("Error");
    case "nack_ar":
      return nackFailure("Reject");
    case "transform_error":
      return scriptFailure({ stage: "Transformer", channelName: where.channelName });
    case "filter_error":
      return scriptFailure({ stage: "Filter", channelName: where.channelName });
    case "script_response":
      return {
        ...sent,
        errorCode: 0,
        processingError: undefined,
        responseMessage: "Bed already occupied",
        statusMessage: "Bed already occupied",
      };
    case "file_error":
      return {
        ...sent,
        processingError: `File Writer error\nERROR MESSAGE: Error writing file\njava.io.IOException: No space left on device${frames}`,
        statusMessage: "Error writing file",
      };
    case "database_error":
      return {
        ...sent,
        processingError: `Database Writer error\nERROR MESSAGE: Failed to write to database\njava.sql.SQLException: duplicate key value violates unique constraint${frames}`,
        statusMessage: "Failed to write to database",
      };
    case "dicom_refused":
      return {
        ...sent,
        processingError: `DICOM Sender error\nERROR MESSAGE: Association rejected: called AE title not recognised${frames}`,
        statusMessage: "Association rejected",
      };
  }
}

/** The engine's default of a sender's response timeout. */
const responseTimeoutMs = 5_000;

const frames =
  "\n\tat com.mirth.connect.donkey.server.channel.DestinationConnector.handleSend(DestinationConnector.java:847)" +
  "\n\tat java.base/java.lang.Thread.run(Thread.java:840)\n";

const refusedText =
  "TCP Sender error\nERROR MESSAGE: Error connecting to partner\n" +
  `java.net.ConnectException: Connection refused (Connection refused)${frames}`;

const unprocessable =
  '{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid","diagnostics":"birthDate is not a date"}]}';

function httpFailure(reply: {
  readonly code: number;
  readonly line: string;
  readonly body: string;
}): FailureText {
  return {
    errorCode: 1,
    processingError: `HTTP Sender error\nERROR MESSAGE: ${reply.body}`,
    responseMessage: reply.body,
    statusMessage: "Received error response from HTTP server.",
    isBeforeSend: false,
    httpStatus: { code: reply.code, line: reply.line },
  };
}

function nackFailure(word: "Error" | "Reject"): FailureText {
  return {
    errorCode: 1,
    processingError: `HL7v2ResponseValidator error\nERROR MESSAGE: NACK sent from receiver. (${word})`,
    responseMessage: "",
    statusMessage: `NACK sent from receiver. (${word})`,
    isBeforeSend: false,
  };
}

function scriptFailure(at: {
  readonly stage: "Transformer" | "Filter";
  readonly channelName: string;
}): FailureText {
  const stage = at.stage.toLowerCase();
  return {
    errorCode: 1,
    processingError:
      `${at.stage} error\nERROR MESSAGE: Error evaluating ${stage}\n` +
      `com.mirth.connect.server.MirthJavascriptTransformerException: \nCHANNEL:\t${at.channelName}\n` +
      `CONNECTOR:\tsourceConnector\nSCRIPT SOURCE:\t${at.stage.toUpperCase()}\nSOURCE CODE:\t\n` +
      "109: if (!msg['PID']['PID.3']['PID.3.1'].toString()) throw new Error('PID-3 patient identifier is missing');\n" +
      "LINE NUMBER:\t109\nDETAILS:\tError: PID-3 patient identifier is missing\n" +
      "\tat java.base/java.lang.Thread.run(Thread.java:840)\n",
    responseMessage: "",
    statusMessage: `Error evaluating ${stage}`,
    isBeforeSend: true,
  };
}
