/** How urgent a task is: 1 before 2 before 3; 0 is none. */
export type Priority = 0 | 1 | 2 | 3;

export const PRIORITIES: readonly Priority[] = [1, 2, 3, 0];

const WORDS: Record<Priority, string> = { 0: "No priority", 1: "Priority 1", 2: "Priority 2", 3: "Priority 3" };

export const priorityWord = (priority: Priority): string => WORDS[priority];

/** Narrows a number from a record. */
export const toPriority = (value: number): Priority => (value === 1 || value === 2 || value === 3 ? value : 0);
