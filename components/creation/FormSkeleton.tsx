import { i18n } from '#i18n';

/** Where a form is about to be. */
export function FormSkeleton() {
  return (
    <div role="status" className="p-4">
      <span className="sr-only">{i18n.t('form.loading')}</span>
      <div aria-hidden="true" className="grid grid-cols-2 gap-3">
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <div key={row} className="space-y-1.5">
            <div className="shimmer h-3 w-1/2" />
            <div className="shimmer h-7 w-full" />
          </div>
        ))}
      </div>
    </div>
  );
}
