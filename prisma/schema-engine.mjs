#!/usr/bin/env node
/**
 * Answers for Prisma's native schema engine, which would have to be downloaded: the same command line and the same
 * JSON-RPC lines on standard input and output, carried out by the engine's WebAssembly build from npm over `pg`.
 * Used through PRISMA_SCHEMA_ENGINE_BINARY, which prisma.config.ts sets.
 */
import { readFileSync } from "node:fs";
import readline from "node:readline";
import { adapterFactory, connectionFrom, connectOnce } from "./engine/adapter.mjs";
import { loadSchemaEngine } from "./engine/wasm.mjs";

const args = process.argv.slice(2);
const connection = connectionFrom(datasourceUrl());

if (args.includes("cli")) await answerCommandLine(args[args.indexOf("cli") + 1]);
else await answerRequests();

/** `cli create-database` and `cli can-connect-to-database`: exit code 0, or 1 with one log line Prisma understands. */
async function answerCommandLine(command) {
  try {
    if (command === "create-database") {
      const name = connection.database.replaceAll('"', '""');
      await connectOnce({ ...connection, database: "postgres" }, `CREATE DATABASE "${name}"`);
    } else {
      await connectOnce(connection);
    }
  } catch (error) {
    const code = error.code === "3D000" ? "P1003" : "P1001";
    const fields = { message: error.message, error_code: code };
    process.stderr.write(
      `\n${JSON.stringify({ level: "ERROR", target: "schema_engine::logger", fields })}\n`,
    );
    process.exitCode = 1;
  }
}

/** One request a line, answered in order; ends when Prisma closes standard input. */
async function answerRequests() {
  const { SchemaEngine, lastPanic } = loadSchemaEngine();
  let engine;
  const engineOnce = async () => {
    const datamodels = datamodelFiles().map((file) => [file, readFileSync(file, "utf8")]);
    engine ??= await SchemaEngine.new(
      { datamodels: datamodels.length > 0 ? datamodels : undefined },
      () => {},
      adapterFactory(connection),
    );
    return engine;
  };
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    if (!request.method) continue;
    const answer = await carryOut(request, engineOnce).then(
      (result) => ({ result: result ?? null }),
      (error) => ({ error: asRpcError(error, lastPanic()) }),
    );
    writeLine({ jsonrpc: "2.0", id: request.id, ...answer });
  }
  process.exit();
}

async function carryOut({ method, params }, engineOnce) {
  if (method === "ensureConnectionValidity") return connectOnce(connection);
  if (method === "getDatabaseVersion") return "PostgreSQL";
  const result = await (await engineOnce())[method](params);
  // The native engine prints a diff through a request of its own; its number must not meet one of Prisma's.
  if (method === "diff" && result.stdout) {
    writeLine({ jsonrpc: "2.0", id: 1_000_000, method: "print", params: { content: result.stdout } });
  }
  return result;
}

function asRpcError(error, panic) {
  const message = `${error?.message ?? error} ${panic}`.trim();
  const data = { is_panic: false, message, meta: null, error_code: error?.code ?? null };
  return { code: 4466, message: "see data", data };
}

function datasourceUrl() {
  const at = args.indexOf("--datasource");
  const given = at >= 0 ? JSON.parse(args[at + 1]).url : undefined;
  return given || process.env.DATABASE_OWNER_URL || process.env.DATABASE_URL || "postgresql://localhost/none";
}

function datamodelFiles() {
  const at = args.indexOf("--datamodels");
  if (at < 0) return [];
  const rest = args.slice(at + 1);
  const end = rest.findIndex((arg) => arg.startsWith("--"));
  return end < 0 ? rest : rest.slice(0, end);
}

function writeLine(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
