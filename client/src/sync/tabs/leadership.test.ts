import { beforeEach, describe, expect, it } from "vitest";

import { FakeBrowser } from "../../testing/fakeBrowser";
import type { FakeTab } from "../../testing/fakeBrowser";
import { FakeClock } from "../../testing/fakeClock";
import { Leadership } from "./leadership";

interface Candidate {
  tab: FakeTab;
  leadership: Leadership;
  /** What it was told, in order. */
  told: string[];
}

let browser: FakeBrowser;
let clock: FakeClock;

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) {
    browser.deliver();
    await Promise.resolve();
  }
}

async function openTab(): Promise<Candidate> {
  const { tab, ground } = browser.openTab();
  const told: string[] = [];
  const leadership = new Leadership({
    ...ground,
    clock,
    onLead: () => told.push("lead"),
    onLost: () => told.push("lost"),
  });
  ground.channel.listen((message) => {
    if (message.kind === "asked") {
      leadership.asked();
    } else if (message.kind === "leads") {
      leadership.heard(message.term);
    }
  });
  leadership.start();
  await settle();
  return { tab, leadership, told };
}

/** Time passes in small steps, as messages come and go. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 100) {
    clock.advance(100);
    await settle();
  }
}

const leaders = (...candidates: Candidate[]) => candidates.filter(({ leadership }) => leadership.isLeading);

beforeEach(() => {
  browser = new FakeBrowser();
  clock = new FakeClock();
});

describe("of several tabs", () => {
  it("the first one leads, and goes on while it answers", async () => {
    const [first, second, third] = [await openTab(), await openTab(), await openTab()];
    await pass(60_000);
    expect(leaders(first, second, third)).toEqual([first]);
    expect([first.told, second.told, third.told]).toEqual([["lead"], [], []]);
  });

  it("another leads at once when the leader is closed or crashes", async () => {
    const [first, second, third] = [await openTab(), await openTab(), await openTab()];
    first.leadership.stop();
    await settle();
    expect(leaders(first, second, third)).toEqual([second]);
    browser.crash(second.tab);
    await settle();
    expect(third.leadership.isLeading).toBe(true);
    expect(first.told).toEqual(["lead"]);
  });

  it("another leads within 4 s when the leader is frozen, which lets go as soon as it thaws", async () => {
    const [first, second] = [await openTab(), await openTab()];
    browser.freeze(first.tab);
    await pass(4_000);
    expect(second.told).toEqual(["lead"]);
    expect(first.told).toEqual(["lead"]);
    browser.thaw(first.tab);
    await settle();
    expect(first.told).toEqual(["lead", "lost"]);
    expect(leaders(first, second)).toEqual([second]);
    await pass(60_000);
    expect(leaders(first, second)).toEqual([second]);
  });

  it("the one that lost the lead takes it again when the other is gone", async () => {
    const [first, second] = [await openTab(), await openTab()];
    browser.freeze(first.tab);
    await pass(4_000);
    browser.thaw(first.tab);
    await settle();
    second.leadership.stop();
    await settle();
    expect(first.told).toEqual(["lead", "lost", "lead"]);
  });

  it("a word of the new leader is enough to let go, if it comes before the lock's own", async () => {
    const first = await openTab();
    expect(first.leadership.heard(first.leadership.term + 1)).toBe(true);
    expect(first.told).toEqual(["lead", "lost"]);
  });

  it("that the lock is gone is enough to let go, if no word of the new leader comes", async () => {
    const [first, second] = [await openTab(), await openTab()];
    browser.freeze(first.tab);
    browser.loses = () => true;
    await pass(4_000);
    browser.thaw(first.tab);
    await settle();
    expect(first.told).toEqual(["lead", "lost"]);
    expect(leaders(first, second)).toEqual([second]);
  });

  it("a former leader's late word does not count", async () => {
    const [first, second] = [await openTab(), await openTab()];
    const former = first.leadership.term;
    browser.freeze(first.tab);
    await pass(4_000);
    expect(second.leadership.heard(former)).toBe(false);
    expect(second.leadership.isLeading).toBe(true);
  });

  it("two that lose patience in the same moment end with one leader", async () => {
    const candidates = [await openTab(), await openTab(), await openTab()];
    browser.freeze(candidates[0]!.tab);
    await pass(6_000);
    expect(leaders(...candidates.slice(1))).toHaveLength(1);
  });

  it("one that is closed while it waits never leads", async () => {
    const [first, second] = [await openTab(), await openTab()];
    second.leadership.stop();
    first.leadership.stop();
    await settle();
    expect(second.told).toEqual([]);
  });

  it("one that slept itself asks again before it takes the lead", async () => {
    const [first, second] = [await openTab(), await openTab()];
    for (let hour = 0; hour < 5; hour += 1) {
      clock.sleep(3_600_000);
      await settle();
    }
    expect(leaders(first, second)).toEqual([first]);
  });
});
