import { useEffect, type ReactNode } from "react";

import styles from "./AccountPage.module.css";

interface AccountPageProps {
  title: string;
  lead: ReactNode;
  children: ReactNode;
  foot?: ReactNode;
}

/** The calm page that somebody who is not signed in sees. */
export function AccountPage({ title, lead, children, foot }: AccountPageProps) {
  useEffect(() => {
    document.title = `${title} · Lockstep`;
  }, [title]);
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <span className={styles.brand}>
          <img src="/favicon.svg" width={28} height={28} alt="" />
          Lockstep
        </span>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.lead}>{lead}</p>
        {children}
      </div>
      {foot && <p className={styles.foot}>{foot}</p>}
    </main>
  );
}
