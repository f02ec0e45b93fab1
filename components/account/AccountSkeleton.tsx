import { i18n } from '#i18n';

/** The shape of an Account while it is read, so that nothing jumps when it comes. */
export function AccountSkeleton() {
  return (
    <div role="status" className="px-4 pt-4">
      <span className="sr-only">{i18n.t('common.loading')}</span>
      <div aria-hidden="true">
        <div className="flex gap-3">
          <div className="shimmer size-10 rounded-lg" />
          <div className="flex-1 space-y-2 pt-0.5">
            <div className="shimmer h-4 w-3/5" />
            <div className="shimmer h-3 w-2/5" />
          </div>
        </div>
        <div className="mt-6 grid grid-cols-3 gap-4">
          <div className="shimmer h-9" />
          <div className="shimmer h-9" />
          <div className="shimmer h-9" />
        </div>
        {[0, 1, 2, 3].map((row) => (
          <div key={row} className="mt-6 space-y-2">
            <div className="shimmer h-3 w-1/4" />
            <div className="shimmer h-3.5 w-full" />
            <div className="shimmer h-3 w-3/4" />
          </div>
        ))}
      </div>
    </div>
  );
}
