import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { runNode } from "@/tests/support/run-command";

const cruiseSchema = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** Runs dependency-cruiser with the product's own rules over the rooms of the house found under `root`. */
async function cruise(root: string) {
  const tool = path.resolve("node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const args = ["--config", ".dependency-cruiser.cjs", "--output-type", "json", "app", "components", "lib"];
  const { output } = await runNode([tool, ...args], { cwd: root });
  const { modules, summary } = cruiseSchema.parse(JSON.parse(output));
  return {
    seen: modules.filter(({ source }) => /^(app|components|lib)\//.test(source)).length,
    breaches: summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`),
  };
}

/** Each file breaks one rule by the import it holds. */
const planted = {
  "lib-core-imports": { file: "lib/core/reads-db.ts", imports: "@/lib/db/b" },
  "core-is-pure": { file: "lib/core/reads-disk.ts", imports: "node:fs" },
  "components-imports": { file: "components/asks-service.tsx", imports: "@/lib/services/b" },
  "prisma-stays-in-db": { file: "lib/services/speaks-sql.ts", imports: "pg" },
  "framework-at-the-edge": { file: "lib/jobs/knows-next.ts", imports: "next/headers" },
  "connectors-are-islands": { file: "lib/connectors/one/a.ts", imports: "@/lib/connectors/two/b" },
  "no-unresolved": { file: "lib/core/imports-nothing.ts", imports: "@/lib/core/missing" },
  "no-circular": { file: "lib/core/circle-a.ts", imports: "@/lib/core/circle-b" },
} as const;

const bystanders = {
  "lib/db/b.ts": "",
  "lib/services/b.ts": "",
  "lib/connectors/two/b.ts": "",
  "lib/core/circle-b.ts": 'import "@/lib/core/circle-a";',
};

describe("import rules", () => {
  test("the product breaks none of them, and its modules were really seen", async () => {
    const { seen, breaches } = await cruise(".");
    expect(breaches).toEqual([]);
    expect(seen).toBeGreaterThan(20);
  });

  describe("in a house where each is broken once", () => {
    let root = "";
    let breaches: readonly string[] = [];

    beforeAll(async () => {
      root = await mkdtemp(path.join(tmpdir(), "signalbox-house-"));
      for (const shared of [".dependency-cruiser.cjs", "tsconfig.json", "package.json", "node_modules"]) {
        await symlink(path.resolve(shared), path.join(root, shared));
      }
      const plants = Object.values(planted).map(
        ({ file, imports }) => [file, `import "${imports}";`] as const,
      );
      for (const [file, text] of [...plants, ...Object.entries(bystanders), ["app/empty.ts", ""] as const]) {
        await mkdir(path.dirname(path.join(root, file)), { recursive: true });
        await writeFile(path.join(root, file), `${text}\nexport {};\n`);
      }
      breaches = (await cruise(root)).breaches;
    });

    afterAll(() => rm(root, { recursive: true, force: true }));

    test.each(Object.entries(planted))("the breach of %s is found", (rule, { file }) => {
      expect(breaches).toContain(`${rule}: ${file}`);
    });

    test("nobody else is accused", () => {
      const guilty = new Set(["lib/core/circle-b.ts", ...Object.values(planted).map(({ file }) => file)]);
      expect(breaches.filter((breach) => !guilty.has(breach.replace(/^.*: /, "")))).toEqual([]);
    });
  });
});

describe("settings", () => {
  test("only lib/config reads the environment", async () => {
    const readers: string[] = [];
    for (const room of ["app", "components", "lib"]) {
      const files = await readdir(room, { recursive: true });
      for (const file of files.filter((name) => /\.tsx?$/.test(name)).map((name) => path.join(room, name))) {
        if (file.startsWith(path.join("lib", "db", "generated"))) continue;
        if (/\bprocess\.env\b/.test(await readFile(file, "utf8"))) readers.push(file);
      }
    }
    expect(readers).toEqual([path.join("lib", "config", "env.ts")]);
  });
});
