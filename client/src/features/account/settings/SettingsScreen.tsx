import { Page } from "../../../ui/layout/Page";
import { Material } from "../../../ui/theme/Material";
import { DevicesPart } from "./DevicesPart";
import { PasswordPart } from "./PasswordPart";
import { ProfilePart } from "./ProfilePart";
import { SignOutPart } from "./SignOutPart";
import { ThemePart } from "./ThemePart";

export default function SettingsScreen() {
  return (
    <Material>
      <Page title="Settings">
        <ProfilePart />
        <ThemePart />
        <DevicesPart />
        <PasswordPart />
        <SignOutPart />
      </Page>
    </Material>
  );
}
