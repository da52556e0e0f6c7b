import { type CliCommand, type CliInput, UsageError } from "../command-spec";
import { textOption } from "../options";

export const databaseCommands: readonly CliCommand[] = [
  {
    words: "db roles",
    summary: "Print the SQL that prepares a PostgreSQL server of your own: two roles and a database.",
    options: {
      owner: { kind: "text", value: "<role>", about: "owns the tables; signalbox_owner by default" },
      app: { kind: "text", value: "<role>", about: "web and worker; signalbox_app by default" },
      database: { kind: "text", value: "<name>", about: "signalbox by default" },
    },
    run: async (input) => {
      const lines = rolesSql({
        owner: identifier(input, { name: "owner", fallback: "signalbox_owner" }),
        app: identifier(input, { name: "app", fallback: "signalbox_app" }),
        database: identifier(input, { name: "database", fallback: "signalbox" }),
      });
      return { json: { sql: lines.join("\n") }, lines };
    },
  },
];

/** Rights on tables follow at start, from the owner to the app role. */
function rolesSql(names: {
  readonly owner: string;
  readonly app: string;
  readonly database: string;
}): readonly string[] {
  const { owner, app, database } = names;
  return [
    "-- For psql, as a superuser. It asks for the two passwords.",
    "-- CREATEDB: `backup verify` restores into a scratch database of its own.",
    `CREATE ROLE ${owner} LOGIN CREATEDB;`,
    `CREATE ROLE ${app} LOGIN;`,
    `\\password ${owner}`,
    `\\password ${app}`,
    `CREATE DATABASE ${database} OWNER ${owner} ENCODING 'UTF8' TEMPLATE template0;`,
    `REVOKE ALL ON DATABASE ${database} FROM PUBLIC;`,
    `GRANT CONNECT ON DATABASE ${database} TO ${app};`,
  ];
}

/** Plain names only: they stand in the SQL without quotes. @throws UsageError */
function identifier(input: CliInput, of: { readonly name: string; readonly fallback: string }): string {
  const text = textOption(input, of.name) ?? of.fallback;
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(text)) return text;
  throw new UsageError(`--${of.name} must be lower-case letters, digits and underscores.`);
}
