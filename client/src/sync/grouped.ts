import type { Id } from "../protocol/records";

export type Grouped<Item> = ReadonlyMap<Id, readonly Item[]>;

export function groupBy<Item>(items: Item[], key: (item: Item) => Id | null): Map<Id, Item[]> {
  const groups = new Map<Id, Item[]>();
  for (const item of items) {
    const group = key(item);
    if (group === null) {
      continue;
    }
    const known = groups.get(group);
    if (known === undefined) {
      groups.set(group, [item]);
    } else {
      known.push(item);
    }
  }
  return groups;
}

/** Grouped first: within a list tasks mostly stand in order already, and all lists together never do. */
export function sortedGroups<Item>(items: Item[], key: (item: Item) => Id | null, order: (a: Item, b: Item) => number): Grouped<Item> {
  const groups = groupBy(items, key);
  for (const group of groups.values()) {
    group.sort(order);
  }
  return groups;
}
