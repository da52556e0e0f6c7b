import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { authenticateToken } from "@/lib/services/tokens/authenticate-token";
import { asOwner, withInstallation } from "@/tests/support/backups";
import { documentOf, signalbox } from "@/tests/support/command-line";
import { commandLineScript } from "@/tests/support/command-script";

const place = withInstallation();
const password = "correct horse battery staple";
let sourceId = 0;

beforeAll(async () => {
  const { id } = await place().db.prisma.source.create({ data: { kind: "push", name: "feed", config: {} } });
  sourceId = id;
});

test("npm run signalbox is what these tests run", async () => {
  const { scripts } = JSON.parse(await readFile("package.json", "utf8"));
  expect(scripts.signalbox).toBe(`node ${commandLineScript.join(" ")}`);
});

describe("set-up", () => {
  test("makes the first administrator from standard input, and only the first", async () => {
    const line = "setup --email Admin@example.org --name Admin --password-stdin --json";
    const made = await signalbox(line, { input: `${password}\n` });
    expect({ code: made.code, document: documentOf(made) }).toEqual({
      code: 0,
      document: { userId: expect.any(String) },
    });
    expect(
      await asOwner(
        place(),
        'SELECT email, role, department FROM public."user" u JOIN public.role_grant g ON g.user_id = u.id',
      ),
    ).toEqual([{ email: "admin@example.org", role: "administrator", department: null }]);

    const again = await signalbox("setup --email b@example.org --name B --password-env PW --json", {
      env: { PW: password },
    });
    expect(again).toEqual({
      code: 1,
      stdout: "",
      stderr: "Signalbox is already set up. Sign in instead.\n",
    });
  });

  test("names the field that is wrong and never its value", async () => {
    const end = await signalbox("setup --email b@example.org --name B --password-env PW", {
      env: { PW: "shorty" },
    });
    expect(end).toMatchObject({ code: 1, stdout: "" });
    expect(end.stderr).toContain("password");
    expect(end.stderr).not.toContain("shorty");
  });

  test("wrongly called says how to call it, with exit code 2 and nothing on standard output", async () => {
    const end = await signalbox("setup --name B --password-stdin --json");
    expect(end).toMatchObject({ code: 2, stdout: "" });
    expect(end.stderr).toMatch(/^--email is missing\.\n\nnpm run signalbox -- setup /);
  });
});

describe("sources and tokens", () => {
  test("a source is added with its secret from standard input, which is stored encrypted", async () => {
    const added = await signalbox(
      "source add --kind mirth --name Engine --set url=http://127.0.0.1:9 --set username=reader --secret-stdin password --json",
      { input: "hunter2hunter2" },
    );
    expect({ code: added.code, document: documentOf(added) }).toEqual({
      code: 0,
      document: { id: expect.any(Number) },
    });
    const stored = await asOwner<{ config: unknown; ciphertext: Buffer }>(
      place(),
      "SELECT s.config, k.ciphertext FROM public.source s JOIN public.source_secret k ON k.source_id = s.id",
    );
    expect(JSON.stringify(stored[0]?.config)).not.toContain("hunter2");
    expect(stored[0]?.ciphertext.includes("hunter2")).toBe(false);

    const test = await signalbox("source test Engine --json");
    expect({ code: test.code, document: documentOf(test) }).toMatchObject({
      code: 1,
      document: { ok: false },
    });
    expect(await signalbox("source pause Engine")).toMatchObject({ code: 0 });
    const list = await signalbox("source list --json");
    expect(documentOf(list)).toMatchObject([
      { name: "Engine", state: "paused", lastSuccessAt: null },
      { name: "feed", state: "by-itself" },
    ]);
    expect(await signalbox("source remove Engine --yes")).toMatchObject({ code: 0 });
    expect(await signalbox("source test Engine --json")).toEqual({
      code: 1,
      stdout: "",
      stderr: "There is no source of this name or number.\n",
    });
  });

  test("a token that is made lets its source in until it is revoked", async () => {
    const made = await signalbox("token create --source feed --name router --json");
    const token = Object(documentOf(made));
    expect(await authenticateToken(token.secret, new Date())).toMatchObject({ kind: "source", sourceId });

    const listed = await signalbox(`token list --source ${sourceId} --json`);
    expect(documentOf(listed)).toMatchObject([{ id: token.id, name: "router", revokedAt: null }]);
    expect(listed.stdout).not.toContain(token.secret);

    expect(await signalbox(`token revoke ${token.id}`)).toMatchObject({ code: 0 });
    expect(await asOwner(place(), "SELECT revoked_at IS NULL AS open FROM public.access_token")).toEqual([
      { open: false },
    ]);
    expect(await signalbox("token revoke nonsense")).toMatchObject({ code: 1, stdout: "" });
  });
});

describe("the demo", () => {
  test("is refused beside real sources", async () => {
    const end = await signalbox("demo start --json");
    expect(end).toMatchObject({ code: 1, stdout: "" });
    expect(end.stderr).toContain("Real sources are or were connected");
  });
});

describe("where there is no database", () => {
  const env = { DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none", DATABASE_OWNER_URL: "" };

  test("help and the SQL for roles are printed all the same", async () => {
    const help = await signalbox("--help", { env });
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toContain("backup verify");
    const roles = await signalbox("db roles --owner boss --json", { env });
    expect(Object(documentOf(roles)).sql).toContain("CREATE ROLE boss LOGIN CREATEDB;");
  });

  test("anything else fails with exit code 1 and an empty standard output", async () => {
    expect(await signalbox("health --json", { env })).toMatchObject({ code: 1, stdout: "" });
  });
});
