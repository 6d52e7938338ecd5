import { X } from "lucide-react";
import { useDeferredValue, useRef, useSyncExternalStore } from "react";

import styles from "./ToastRegion.module.css";
import { useSayOver } from "./spokenOver";
import { dismissToast, holdToast, readToasts, releaseToast, subscribeToToasts, type Toast } from "./toasts";

function ToastCard({ toast }: { toast: Toast }) {
  const { id, text, action } = toast;
  const words = useRef<HTMLSpanElement>(null);
  useSayOver(words);
  return (
    <li
      className={styles.toast}
      onMouseEnter={() => holdToast(id)}
      onMouseLeave={() => releaseToast(id)}
      onFocus={() => holdToast(id)}
      onBlur={() => releaseToast(id)}
    >
      <span ref={words} className={styles.text}>
        {text}
      </span>
      {action && (
        <button
          type="button"
          className={styles.action}
          onClick={() => {
            action.run();
            dismissToast(id);
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className={styles.close} aria-label="Dismiss" onClick={() => dismissToast(id)}>
        <X size={16} strokeWidth={1.75} aria-hidden />
      </button>
    </li>
  );
}

/** The toasts that are shown, wherever it is put; spoken politely. */
export function ToastRegion() {
  // After what it tells of has been drawn.
  const toasts = useDeferredValue(useSyncExternalStore(subscribeToToasts, readToasts));
  return (
    <section className={styles.region} aria-label="Notices" aria-live="polite">
      <ul>
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </ul>
    </section>
  );
}
