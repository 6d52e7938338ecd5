import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";

interface Figure {
  readonly name: string;
  readonly unit: "ms" | "KB" | "fps";
  readonly measured: readonly number[];
  /** The median; of bursts the worst. */
  readonly value: number;
  readonly target: { readonly at_most: number } | { readonly at_least: number };
  readonly is_met: boolean;
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
const rounded = (value: number): number => Math.round(value * 10) / 10;

/** Where `npm run measure-browser -- --json FILE` wants the figures. */
const FILE = process.env.MEASURE_BROWSER_JSON;

/** What was measured, each beside its target. */
export class Figures {
  readonly #all: Figure[] = [];

  add(name: string, unit: Figure["unit"], target: Figure["target"], measured: readonly number[], of: "median" | "worst" = "median"): void {
    const worst = "at_most" in target ? Math.max(...measured) : Math.min(...measured);
    const value = rounded(of === "worst" ? worst : median(measured));
    const is_met = "at_most" in target ? value <= target.at_most : value >= target.at_least;
    const figure = { name, unit, measured: measured.map(rounded), value, target, is_met };
    this.#all.push(figure);
    process.stdout.write(`${inWords(figure)}\n`);
  }

  /** Into the file that was asked for, if one was. */
  write(): void {
    if (FILE === undefined) return;
    const machine = { cpus: cpus().length, load: loadavg().map(rounded) };
    writeFileSync(FILE, `${JSON.stringify({ machine, figures: this.#all }, null, 2)}\n`);
  }
}

function inWords({ name, unit, measured, value, target, is_met }: Figure): string {
  const goal = "at_most" in target ? `at most ${target.at_most}` : `at least ${target.at_least}`;
  const all = measured.length > 1 ? `  (${measured.join(", ")})` : "";
  return `  ${is_met ? "met   " : "MISSED"}  ${name}: ${value} ${unit}, ${goal}${all}`;
}
