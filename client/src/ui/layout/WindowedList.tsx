import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState, type ReactNode } from "react";

interface WindowedListProps<Item> {
  items: readonly Item[];
  keyOf: (item: Item) => string;
  /** A guess of a row's height in pixels; real heights are measured. */
  estimate: number;
  children: (item: Item) => ReactNode;
}

const WORTH_WINDOWING = 60;

/** A long list of which only what is near the window is drawn. A short one is drawn whole. */
export function WindowedList<Item>(props: WindowedListProps<Item>) {
  const { items, keyOf, children } = props;
  if (items.length < WORTH_WINDOWING) return items.map((item) => <div key={keyOf(item)}>{children(item)}</div>);
  return <Windowed {...props} />;
}

function Windowed<Item>({ items, keyOf, estimate, children }: WindowedListProps<Item>) {
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const place = list.current?.getBoundingClientRect();
    if (place) setTop(place.top + window.scrollY);
  }, [items]);
  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => estimate,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    overscan: 8,
    scrollMargin: top,
  });
  return (
    <div ref={list} style={{ position: "relative", height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map((row) => {
        const item = items[row.index];
        return item === undefined ? null : (
          <div
            key={row.key}
            ref={rows.measureElement}
            data-index={row.index}
            style={{ position: "absolute", top: row.start - top, right: 0, left: 0 }}
          >
            {children(item)}
          </div>
        );
      })}
    </div>
  );
}
