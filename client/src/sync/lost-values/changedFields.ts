/**
 * What a form has changed since it was opened. Only that may be sent: the rest of the form is what was known at its
 * opening, and would put back what others have changed meanwhile.
 */
export function changedFields<Fields extends object>(opened: Fields, meant: Fields): Partial<Fields> {
  const changed = Object.entries(meant).filter(([field, value]) => value !== opened[field as keyof Fields]);
  return Object.fromEntries(changed) as Partial<Fields>;
}
