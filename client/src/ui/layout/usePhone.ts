import { useMediaQuery } from "./useMediaQuery";

/** Whether the page is narrow: bottom bar instead of rail, sheets instead of panels. */
export function usePhone(): boolean {
  return useMediaQuery("(max-width: 767px)");
}
