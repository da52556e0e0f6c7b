/** "812 B", "4.1 kB", "12 MB", "3.4 GB": a size for reading, in powers of 1000. */
export function formatBytes(bytes: number): string {
  const step = steps.find(({ factor }) => bytes >= factor * 0.9995) ?? { factor: 1, unit: "B" };
  const value = bytes / step.factor;
  return `${value >= 9.95 || step.factor === 1 ? Math.round(value) : value.toFixed(1)} ${step.unit}`;
}

const steps = [
  { factor: 1e12, unit: "TB" },
  { factor: 1e9, unit: "GB" },
  { factor: 1e6, unit: "MB" },
  { factor: 1e3, unit: "kB" },
] as const;
