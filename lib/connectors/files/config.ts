import { z } from "zod";
import { parseTemplate } from "@/lib/core/formats/records/line-template";
import { recordEncodings } from "@/lib/core/formats/records/split";
import { dayOrders } from "@/lib/core/formats/records/time-text";
import { isZone } from "@/lib/core/time/zone";
import { parseMapping } from "./mapping";

/** Settings of a folder that is read, checked. */
export type FilesConfig = z.infer<typeof filesConfigSchema>;

export const delimiters = { comma: ",", semicolon: ";", tab: "\t", pipe: "|" } as const;

const words = (title: string, usual: string, what: string) =>
  z
    .string()
    .trim()
    .max(1_000)
    .default(usual)
    .meta({ title, description: `Words of the outcome column that mean ${what}, separated by commas.` });

export const filesConfigSchema = z
  .object({
    folder: z.string().trim().min(1).max(1_000).meta({
      title: "Folder",
      description:
        "Where the files are, as the worker sees it. It must lie below one of the folders in SIGNALBOX_FILE_ROOTS.",
    }),
    pattern: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .refine((text) => !/[/\\]/.test(text), "must be a name without a path")
      .default("*.csv")
      .meta({ title: "File names", description: "With * for any characters, such as messages-*.csv." }),
    format: z.enum(["csv", "ndjson", "lines"]).default("csv").meta({
      title: "Format",
      description:
        "csv: columns by the names of the first line. ndjson: one JSON object a line. lines: log lines by the pattern below.",
    }),
    delimiter: z.enum(["comma", "semicolon", "tab", "pipe"]).default("comma").meta({
      title: "Delimiter",
      description: "Between the columns of CSV.",
    }),
    template: z
      .string()
      .max(2_000)
      .default("")
      .refine(
        (text) => text === "" || parseTemplate(text) !== undefined,
        "must hold names like {time}, apart",
      )
      .meta({
        title: "Pattern of a line",
        description:
          "For log lines: names in braces stand for what changes, such as {time} [{channel}] {status}: {text}. Other lines are passed over.",
      }),
    mapping: z
      .string()
      .max(8_000)
      .refine((text) => parseMapping(text) !== undefined, "must map at least receivedAt and outcome")
      .meta({
        title: "Mapping",
        multiline: true,
        description:
          'One line a field: receivedAt = Time, outcome = Status, interface = Channel, messageId = Id, or leg = "1" for what is always the same. Without a messageId a record is known by its content.',
      }),
    interfaceName: z.string().trim().max(200).default("").meta({
      title: "Name of the interface",
      description: "Of records whose mapping names none. Empty: the name of the folder.",
    }),
    okWords: words(
      "Words for success",
      "ok, sent, success, successful, complete, completed, AA, CA",
      "success",
    ),
    failedWords: words("Words for failure", "failed, error, errored, rejected, AE, AR, CE, CR", "failure"),
    filteredWords: words("Words for filtered", "filtered, skipped, ignored", "that it was filtered"),
    encoding: z.enum(recordEncodings).default("utf-8").meta({
      title: "Character set",
      description: "Of the files. Windows programs in Western Europe often write windows-1252 or utf-16le.",
    }),
    dayOrder: z.enum(dayOrders).default("year first").meta({
      title: "Order of days",
      description: "Of dates such as 3/4/2026. Dates that begin with the year are understood anyway.",
    }),
    timeZone: z.string().trim().refine(isZone, "must be a zone such as Europe/Berlin").default("UTC").meta({
      title: "Time zone",
      description: "Of times without an offset, such as Europe/Berlin.",
    }),
    mrnAuthority: z.string().trim().max(128).default("").meta({
      title: "Assigning authority of patient IDs",
      description: "Of a mapped mrn that comes without one. Empty: such an mrn is not taken.",
    }),
  })
  .refine((config) => config.format !== "lines" || config.template !== "", {
    path: ["template"],
    message: "is needed for log lines",
  });
