import { useMediaQuery } from "../../ui/layout/useMediaQuery";

/** Whether the rail has room for words, and so for the line that says where my changes are. */
export function useWideRail(): boolean {
  return useMediaQuery("(min-width: 1100px)");
}
