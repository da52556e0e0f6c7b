/**
 * Who may import whom. Every rule is an error.
 * `allow` lists, per room of the house, the rooms it may look into besides itself; anything else fails.
 */
const rooms = {
  "lib/core": [],
  "lib/config": [],
  "lib/telemetry": ["lib/config"],
  "lib/crypto": ["lib/core", "lib/config"],
  "lib/notifiers": ["lib/core"],
  "lib/db": ["lib/core", "lib/config"],
  "lib/ingest": ["lib/core", "lib/connectors", "lib/db", "lib/crypto", "lib/telemetry"],
  "lib/services": [
    "lib/core",
    "lib/db",
    "lib/ingest",
    "lib/crypto",
    "lib/config",
    "lib/telemetry",
    "lib/connectors",
  ],
  "lib/jobs": ["lib/core", "lib/db", "lib/services", "lib/notifiers", "lib/config", "lib/telemetry"],
  "lib/api": ["lib/core", "lib/services", "lib/auth", "lib/db", "lib/config", "lib/telemetry"],
  "lib/auth": ["lib/core", "lib/db", "lib/crypto", "lib/config"],
  "lib/http": ["lib/core", "lib/api", "lib/auth", "lib/config", "lib/telemetry"],
  "lib/demo": ["lib/core", "lib/services", "lib/ingest", "lib/connectors", "lib/config", "lib/db"],
  "lib/cli": ["lib/core", "lib/services", "lib/demo", "lib/config"],
  "lib/worker": [
    "lib/core",
    "lib/api",
    "lib/ingest",
    "lib/jobs",
    "lib/demo",
    "lib/services",
    "lib/config",
    "lib/telemetry",
  ],
  components: ["lib/core"],
  app: ["components", "lib/core", "lib/services", "lib/auth", "lib/http"],
};

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room.replace("/", "-")}-imports`,
  comment: `${room} may import ${allowed.length > 0 ? allowed.join(", ") : "nothing of the project"} besides itself.`,
  severity: "error",
  from: { path: `^${room}/` },
  to: {
    path: "^(app|components|lib|prisma|scripts|tests)/",
    pathNot: [room, ...allowed].map((allowedRoom) => `^${allowedRoom}/`),
  },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "core-is-pure",
      comment: "lib/core has no I/O: zod and node:crypto only.",
      severity: "error",
      from: { path: "^lib/core/" },
      to: {
        dependencyTypesNot: ["local", "aliased", "aliased-tsconfig"],
        pathNot: ["node_modules/zod/", "^(node:)?crypto$"],
      },
    },
    {
      name: "connectors-are-islands",
      comment:
        "A connector never imports a sibling, only core, the shared interface file, the guard of addresses, why ports stay shut, and what HTTP calls and MLLP share.",
      severity: "error",
      from: { path: "^lib/connectors/([^/]+)/" },
      to: {
        path: "^lib/",
        pathNot: [
          "^lib/connectors/$1/",
          "^lib/connectors/(connector|guarded-lookup|listen-trouble|send-trouble)\\.ts$",
          "^lib/connectors/mllp/",
          "^lib/connectors/http/",
          "^lib/core/",
        ],
      },
    },
    {
      name: "prisma-stays-in-db",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: "^lib/db/" },
      to: { path: "node_modules/(@prisma|pg|pg-copy-streams)/|^lib/db/generated/" },
    },
    {
      name: "framework-at-the-edge",
      comment: "next, react and next-auth appear in lib only under auth and http.",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/(auth|http)/" },
      to: { path: "node_modules/(next|react|react-dom|next-auth|server-only)/" },
    },
    {
      name: "no-unresolved",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|lib/db/generated" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
    },
  },
};
