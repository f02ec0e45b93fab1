import { useEffect, useState, type ComponentType } from 'react';
import { FormSkeleton } from './FormSkeleton';
import type { NewRecordProps } from './NewRecord';

let loaded: ComponentType<NewRecordProps> | null = null;

/** Fetches the form's code. Called when the view has painted, so that the form is there when somebody asks for it. */
export async function loadForm(): Promise<ComponentType<NewRecordProps>> {
  loaded ??= (await import('./NewRecord')).NewRecord;
  return loaded;
}

/** `NewRecord`, whose code no view waits for before it can show what it is about. Not by Suspense: see use-sections.ts. */
export function LazyRecord(props: NewRecordProps) {
  const [Form, setForm] = useState<ComponentType<NewRecordProps> | null>(() => loaded);
  useEffect(() => {
    loadForm().then(
      (next) => setForm(() => next),
      (error: unknown) =>
        setForm(() => {
          throw error;
        }),
    );
  }, []);
  return Form ? <Form {...props} /> : <FormSkeleton />;
}
