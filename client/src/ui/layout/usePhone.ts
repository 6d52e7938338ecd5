import useMediaQuery from "@mui/material/useMediaQuery";

/** Whether the page is narrow: bottom bar instead of rail, sheets instead of panels. */
export function usePhone(): boolean {
  return useMediaQuery("(max-width: 767px)", { noSsr: true });
}
