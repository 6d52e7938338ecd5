import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

const tokens = readFileSync("src/ui/theme/tokens.css", "utf8");

type Theme = "light" | "dark";

/** The two colours of a token; one that serves both themes is given once. */
function colorsOf(token: string): Record<Theme, string> {
  const value = new RegExp(`--${token}: ([^;]+);`).exec(tokens)?.[1] ?? "";
  const [light, dark] = value.match(/#[0-9a-f]{6}/g) ?? [];
  if (light === undefined) throw new Error(`--${token} is no colour: ${value}`);
  return { light, dark: dark ?? light };
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["rail", "canvas", "raised", "overlay", "sunken"];
const PEOPLE = [0, 1, 2, 3, 4, 5, 6, 7];
const INKS = ["ink", "ink-2", "ink-3", "accent-ink", "good", "warn", "bad", ...PEOPLE.map((person) => `person-${person}-ink`)];
const PAIRS = [
  ["on-fill", "accent"],
  ["on-fill", "accent-hover"],
  ["accent-ink", "accent-wash"],
  ["ink", "accent-wash"],
  ["good", "good-wash"],
  ["warn", "warn-wash"],
  ["bad", "bad-wash"],
  ...PEOPLE.map((person) => ["on-fill", `person-${person}`]),
];
const SIGNS = ["control", "accent", "focus", "good-fill", "warn-fill", "bad-fill"];

describe.each<Theme>(["light", "dark"])("in the %s theme", (theme) => {
  test.each(INKS)("%s is readable on every ground", (ink) => {
    for (const ground of GROUNDS) {
      expect(contrast(colorsOf(ink)[theme], colorsOf(ground)[theme]), ground).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(PAIRS)("%s is readable on %s", (ink = "", ground = "") => {
    expect(contrast(colorsOf(ink)[theme], colorsOf(ground)[theme])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(SIGNS)("%s can be seen on every ground", (sign) => {
    for (const ground of GROUNDS) {
      expect(contrast(colorsOf(sign)[theme], colorsOf(ground)[theme]), ground).toBeGreaterThanOrEqual(3);
    }
  });
});
