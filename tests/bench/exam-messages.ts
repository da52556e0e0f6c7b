/** Exams whose messages are on their way side by side: between two messages of one exam come those of all others. */
const SIDE_BY_SIDE = 250;
const PATIENTS = 20_000;

/**
 * The `n`-th message of a hospital's traffic about exams, a few hundred bytes each and no two alike: of every exam a
 * change of its patient's data, the order, its schedule, a preliminary and a final report, one after the other, while
 * hundreds of others are under way. Patients come again. `prefix` keeps the exams of two senders apart.
 */
export function examMessage(prefix: string, n: number): string {
  const step = Math.floor(n / SIDE_BY_SIDE) % steps.length;
  const exam = Math.floor(n / (SIDE_BY_SIDE * steps.length)) * SIDE_BY_SIDE + (n % SIDE_BY_SIDE);
  const make = steps[step] ?? steps[0];
  const id = `${prefix}-${exam}`;
  const mrn = (exam * 7_919) % PATIENTS;
  const told = make({ id, exam });
  const second = String(n % 60).padStart(2, "0");
  return [
    `MSH|^~\\&|HIS|NORTH|RIS|NORTH|202603101100${second}||${told.type}|${prefix}-${n}|P|2.5.1||||||UNICODE UTF-8`,
    ...told.before,
    `PID|1||${mrn}^^^NORTH^MR||TESTPERSON^Anna^Maria||19670409|F|||Street ${mrn}^^Town^^12345`,
    "PV1|1|O|CT1^^^NORTH||||1234^DOCTOR^Test|||||||||||V1",
    ...told.after,
    "",
  ].join("\r");
}

type Exam = { readonly id: string; readonly exam: number };
type Said = { readonly type: string; readonly before: readonly string[]; readonly after: readonly string[] };

const steps: readonly [(exam: Exam) => Said, ...((exam: Exam) => Said)[]] = [
  () => ({ type: "ADT^A08^ADT_A01", before: ["EVN|A08|20260310110000"], after: [] }),
  (exam) => ofOrder(exam, { control: "NW", status: "" }),
  (exam) => ofOrder(exam, { control: "XO", status: "SC" }),
  (exam) => ofReport(exam, "P"),
  (exam) => ofReport(exam, "F"),
];

function ofOrder({ id, exam }: Exam, of: { readonly control: string; readonly status: string }): Said {
  const after = [
    `ORC|${of.control}|P${id}^HIS|F${id}^RIS||${of.status}||||20260310110000`,
    request({ id, exam }, ""),
  ];
  return { type: "ORM^O01^ORM_O01", before: [], after };
}

function ofReport({ id, exam }: Exam, status: string): Said {
  const after = [
    `ORC|RE|P${id}^HIS|F${id}^RIS||CM`,
    request({ id, exam }, status),
    "OBX|1|TX|CTHEAD^CT of the head^LOCAL||No bleeding, no fracture. Ventricles of usual width.||||||F",
  ];
  return { type: "ORU^R01^ORU_R01", before: [], after };
}

function request({ id }: Exam, resultStatus: string): string {
  return `OBR|1|P${id}^HIS|F${id}^RIS|CTHEAD^CT of the head^LOCAL||||||||||||||A${id}^NORTH||||||CT|${resultStatus}`;
}
