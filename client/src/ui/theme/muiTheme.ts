import { createTheme } from "@mui/material/styles";

const text = (token: string, weight: string, lineHeight: number) => ({
  fontSize: `var(${token})`,
  fontWeight: `var(${weight})`,
  lineHeight,
  letterSpacing: 0,
});

/**
 * Material UI wearing the tokens: its behaviour and accessibility, none of its looks. Colours are references to the
 * custom properties of tokens.css, so that one theme serves light and dark.
 */
export const muiTheme = createTheme({
  cssVariables: { nativeColor: true, disableCssColorScheme: true, cssVarPrefix: "m" },
  spacing: 4,
  shape: { borderRadius: 6 },
  palette: {
    primary: {
      main: "var(--accent)",
      light: "var(--accent-ink)",
      dark: "var(--accent-hover)",
      contrastText: "var(--on-fill)",
    },
    error: { main: "var(--bad)", light: "var(--bad)", dark: "var(--bad)", contrastText: "var(--on-fill)" },
    text: { primary: "var(--ink)", secondary: "var(--ink-2)", disabled: "var(--ink-3)" },
    background: { default: "var(--canvas)", paper: "var(--raised)" },
    divider: "var(--line)",
    action: { active: "var(--ink-2)", hover: "var(--hover)", selected: "var(--pressed)", focus: "var(--hover)" },
  },
  typography: {
    fontFamily: "var(--font)",
    body1: text("--t15", "--w-regular", 1.5),
    body2: text("--t13", "--w-regular", 1.5),
    caption: text("--t12", "--w-regular", 1.4),
    h1: text("--t24", "--w-title", 1.3),
    h2: text("--t18", "--w-title", 1.3),
    h3: text("--t15", "--w-title", 1.3),
    button: { ...text("--t13", "--w-medium", 1.3), textTransform: "none" },
  },
  transitions: { duration: { enteringScreen: 160, leavingScreen: 120, standard: 160, short: 120, shorter: 120 } },
  components: {
    MuiButtonBase: { defaultProps: { disableRipple: true, disableTouchRipple: true } },
    MuiPaper: {
      defaultProps: { elevation: 0 },
      styleOverrides: { root: { backgroundImage: "none", color: "var(--ink)" } },
    },
    MuiMenu: {
      styleOverrides: {
        paper: { minWidth: 200, marginTop: 4 },
        list: { padding: 4 },
      },
    },
    MuiPopover: {
      styleOverrides: {
        paper: { backgroundColor: "var(--overlay)", borderRadius: 10, boxShadow: "var(--shadow-menu)" },
      },
    },
    MuiMenuItem: {
      styleOverrides: {
        root: {
          minHeight: "var(--control-height)",
          gap: 10,
          padding: "4px 8px",
          borderRadius: 6,
          fontSize: "var(--t13)",
          "&:hover, &.Mui-focusVisible": { backgroundColor: "var(--hover)" },
          "&.Mui-selected": { backgroundColor: "var(--accent-wash)", color: "var(--accent-ink)" },
          "&:focus-visible": { outline: "2px solid var(--focus)", outlineOffset: -2 },
        },
      },
    },
    MuiDialog: {
      styleOverrides: {
        paper: {
          backgroundColor: "var(--overlay)",
          borderRadius: 16,
          boxShadow: "var(--shadow-menu)",
          margin: 16,
          width: "calc(100% - 32px)",
        },
      },
    },
    MuiDrawer: { styleOverrides: { paper: { backgroundColor: "var(--raised)" } } },
    MuiBackdrop: { styleOverrides: { root: { "&:not(.MuiBackdrop-invisible)": { backgroundColor: "var(--scrim)" } } } },
    MuiInputBase: {
      styleOverrides: {
        input: { fontSize: "max(var(--field-min), 1em)", "&::placeholder": { color: "var(--ink-3)", opacity: 1 } },
      },
    },
    MuiOutlinedInput: {
      styleOverrides: {
        root: {
          backgroundColor: "var(--raised)",
          fontSize: "var(--t15)",
          minHeight: "max(40px, var(--tap))",
          "& .MuiOutlinedInput-notchedOutline": { borderColor: "var(--control)" },
          "&:hover:not(.Mui-focused) .MuiOutlinedInput-notchedOutline": { borderColor: "var(--ink-3)" },
          "&.Mui-focused .MuiOutlinedInput-notchedOutline": { borderColor: "var(--focus)", borderWidth: 2 },
        },
        input: { padding: "8px 12px", height: "24px", boxSizing: "content-box" },
      },
    },
  },
});
