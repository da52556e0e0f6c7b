import { fork } from "node:child_process";
import { childEnvironment } from "@/tests/support/product-process";

/** A process of its own that a benchmark gives orders to; `failed` is how it says that it could not obey. */
export type BenchChild<Order, Report> = {
  /** @throws what the child failed of */
  readonly ask: (order: Order) => Promise<Report>;
  readonly stop: () => Promise<void>;
};

type Failed = { readonly kind: "failed"; readonly message: string };

export function startBenchChild<Order extends object, Report extends { readonly kind: string }>(
  file: string,
): BenchChild<Order, Exclude<Report, Failed>> {
  const child = fork(file, { execArgv: ["--import", "tsx"], env: childEnvironment({}) });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    ask: (order) =>
      new Promise((resolve, reject) => {
        child.once("message", (report: Failed | Exclude<Report, Failed>) =>
          isFailed(report) ? reject(new Error(report.message)) : resolve(report),
        );
        child.send(order);
      }),
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

function isFailed(report: { readonly kind: string }): report is Failed {
  return report.kind === "failed";
}
