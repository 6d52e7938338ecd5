import { useCallback, useState } from "react";

import { accountTrouble } from "./accountWords";

/** A form that is being sent: whether it is on its way, and what went wrong the last time. */
interface Submit {
  isSending: boolean;
  trouble: string | null;
  submit: (send: () => Promise<void>) => Promise<void>;
}

export function useSubmit(): Submit {
  const [isSending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const submit = useCallback(async (send: () => Promise<void>) => {
    setSending(true);
    setTrouble(null);
    try {
      await send();
    } catch (error) {
      setTrouble(accountTrouble(error));
    } finally {
      setSending(false);
    }
  }, []);
  return { isSending, trouble, submit };
}
