import { ApiError } from "../../sync/apiError";

/** What went wrong with an account's call, and what to do now. */
export function accountTrouble(error: unknown): string {
  if (!(error instanceof ApiError)) return "Something went wrong on this device. Reload the page and try again.";
  switch (error.code) {
    case "email_taken":
      return "An account with this address is here already. Sign in instead, or use another address.";
    case "wrong_credentials":
      return "The address and the password do not belong together. Check both and try again.";
    case "rate_limited":
      return "That were too many attempts. Wait a minute, then try again.";
    case "offline":
      return "There is no connection to the server. Check the network and try again.";
    case "invitation_invalid":
      return "This invitation was used, revoked or has expired. Ask for a new one.";
    default:
      return error.message;
  }
}
