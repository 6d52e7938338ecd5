import styles from "./PageHeading.module.css";
import { TitleField } from "./TitleField";

interface PageHeadingProps {
  title: string;
  /** What the field is called: "Title of the board". */
  label: string;
  mayEdit: boolean;
  isEditing: boolean;
  onEdit: (isEditing: boolean) => void;
  onSave: (title: string, typedOver: string) => void;
}

/** The title of a page; a press makes it a field. */
export function PageHeading({ title, label, mayEdit, isEditing, onEdit, onSave }: PageHeadingProps) {
  if (!mayEdit) return title;
  if (isEditing) {
    return <TitleField title={title} label={label} className={styles.field} onSave={onSave} onClose={() => onEdit(false)} />;
  }
  return (
    <button type="button" className={styles.title} title="Rename" onClick={() => onEdit(true)}>
      {title}
    </button>
  );
}
