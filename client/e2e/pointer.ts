import type { CDPSession, Locator, Page } from "@playwright/test";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export async function centerOf(target: Locator): Promise<Point> {
  const { x, y, width, height } = (await target.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  return { x: x + width / 2, y: y + height / 2 };
}

/** One finger that can rest and move: Playwright's own only taps. */
export class Finger {
  #at: Point = { x: 0, y: 0 };

  private constructor(private readonly devtools: CDPSession) {}

  static async on(page: Page): Promise<Finger> {
    return new Finger(await page.context().newCDPSession(page));
  }

  async press(at: Point): Promise<void> {
    this.#at = at;
    await this.#tell("touchStart", [at]);
  }

  async moveTo(to: Point, steps = 8): Promise<void> {
    const from = this.#at;
    for (let step = 1; step <= steps; step += 1) {
      const part = step / steps;
      await this.#tell("touchMove", [{ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }]);
    }
    this.#at = to;
  }

  lift(): Promise<void> {
    return this.#tell("touchEnd", []);
  }

  async #tell(type: "touchStart" | "touchMove" | "touchEnd", touchPoints: Point[]): Promise<void> {
    await this.devtools.send("Input.dispatchTouchEvent", { type, touchPoints });
  }
}
