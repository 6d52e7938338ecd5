import { useState } from "react";

import { overlay } from "../layout/later";
import type { PickerProps } from "./PickerSurface";

const PickerSurface = overlay(() => import("./PickerSurface"));

/** A small surface to choose something on, hanging on what opened it. */
export function Picker(props: PickerProps) {
  const [isAsked, setAsked] = useState(false);
  if (props.anchor !== null && !isAsked) setAsked(true);
  return isAsked ? <PickerSurface {...props} /> : null;
}
