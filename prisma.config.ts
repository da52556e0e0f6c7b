import { prismaConfig } from "./prisma/config";

// The prisma command looks for its settings in this file.
export default prismaConfig;
