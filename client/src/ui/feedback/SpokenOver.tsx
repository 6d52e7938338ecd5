import { useState } from "react";

import { lastSpokenId, useSpokenOver } from "./spokenOver";

/** Stands in whatever lies over the page and hides it from screen readers: says what the page says meanwhile. */
export function SpokenOver() {
  const [since] = useState(lastSpokenId);
  const spoken = useSpokenOver();
  return (
    <div aria-live="polite" className="visually-hidden">
      {spoken
        .filter(({ id }) => id > since)
        .map(({ id, text }) => (
          <p key={id}>{text}</p>
        ))}
    </div>
  );
}
