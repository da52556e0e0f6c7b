/** Prints a one-time link that makes the first administrator, or nothing where there is a user already. */
import { createSetupLink } from "@/lib/services/setup/create-setup-link";

const link = await createSetupLink();
// Ends here, not when idle: the connection pool would keep this program waiting.
process.stdout.write(link === undefined ? "" : `${link.url}\n`, () => process.exit(0));
