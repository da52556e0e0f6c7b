import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

const CHAR_OID = 18;
const TEXT_OID = 25;
const CHAR_MARK = "\u0001";

/**
 * Connection settings of a URL, field by field: given a connection string, the adapter would connect the shadow
 * database to the real one.
 */
export function connectionFrom(url) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password) || undefined,
    database: decodeURIComponent(pathname.slice(1)),
    ssl: ["require", "verify-ca", "verify-full"].includes(searchParams.get("sslmode") ?? "") || undefined,
  };
}

/** Connects, runs one statement if given, and disconnects; answers with an empty object. */
export async function connectOnce(connection, sql) {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    if (sql) await client.query(sql);
  } finally {
    await client.end();
  }
  return {};
}

/** The driver adapter the engine works through, with a shadow database of its own for each diff. */
export function adapterFactory(connection) {
  const config = { ...connection, Client: CharAsTextClient };
  class Factory extends PrismaPg {
    async connect() {
      return retypeChar(await super.connect());
    }

    // The adapter's own version drops the shadow database before closing its pool, which PostgreSQL refuses.
    async connectToShadowDb() {
      const name = `prisma_migrate_shadow_db_${randomUUID()}`;
      await connectOnce(connection, `CREATE DATABASE "${name}" TEMPLATE template0`);
      const adapter = retypeChar(await new PrismaPg({ ...config, database: name }).connect());
      const dispose = adapter.dispose.bind(adapter);
      adapter.dispose = async () => {
        await dispose();
        await connectOnce(connection, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      };
      return adapter;
    }
  }
  return bindMigrationAwareSqlAdapterFactory(new Factory(config));
}

/** The adapter knows no type `"char"`, which the catalogue uses: such columns pass it as marked text. */
class CharAsTextClient extends pg.Client {
  query(...args) {
    const callback = args.at(-1);
    if (typeof callback === "function") {
      return super.query(...args.slice(0, -1), (error, result) =>
        callback(error, result && markChar(result)),
      );
    }
    const answer = super.query(...args);
    return typeof answer?.then === "function" ? answer.then(markChar) : answer;
  }
}

function markChar(result) {
  for (const field of [result].flat().flatMap((part) => part?.fields ?? [])) {
    if (field.dataTypeID !== CHAR_OID) continue;
    field.dataTypeID = TEXT_OID;
    field.name += CHAR_MARK;
  }
  return result;
}

/** Gives the marked columns their real name and type again. */
function retypeChar(adapter) {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    result.columnNames.forEach((name, index) => {
      if (!name.endsWith(CHAR_MARK)) return;
      result.columnNames[index] = name.slice(0, -CHAR_MARK.length);
      result.columnTypes[index] = ColumnTypeEnum.Character;
    });
    return result;
  };
  if (adapter.startTransaction) {
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolation) => retypeChar(await startTransaction(isolation));
  }
  return adapter;
}
