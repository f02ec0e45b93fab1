import { FlaskConical } from 'lucide-react';
import { i18n } from '#i18n';
import { useAction } from '../hooks/use-action';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';

/** A way to see what it does without any account. */
export function SampleOffer({ onAdded }: { onAdded: () => void }) {
  const add = useAction('connections.sample');
  const press = async () => {
    // By promise: with the sample in the list this offer goes, and its callbacks with it.
    const added = await add.mutateAsync({}).catch(() => null);
    if (added) onAdded();
  };
  return (
    <section className="flex gap-3.5 rounded-xl border border-hairline bg-raised px-5 py-4 shadow-lift">
      <FlaskConical aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-faint" strokeWidth={1.75} />
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold">{i18n.t('sample.title')}</h2>
        <p className="mt-1 text-pretty text-muted">{i18n.t('sample.text')}</p>
        {add.error && <ErrorNotice error={add.error} className="mt-3" />}
        <Button className="mt-3" busy={add.isPending} onClick={() => void press()}>
          {i18n.t('sample.button')}
        </Button>
      </div>
    </section>
  );
}
