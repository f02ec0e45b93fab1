import type { ReactNode } from 'react';
import { Database, KeyRound, Network, Unplug, type LucideIcon } from 'lucide-react';
import { i18n } from '#i18n';

/** What is kept where, what leaves the browser and how it ends: in plain words, and without a claim the code cannot keep. */
export function PrivacyStatement() {
  return (
    <div className="divide-y divide-hairline rounded-xl border border-hairline bg-raised shadow-lift">
      <Part icon={Database} title={i18n.t('privacy.stored.title')}>
        <p>{i18n.t('privacy.stored.text')}</p>
        <p>{i18n.t('privacy.stored.not')}</p>
      </Part>
      <Part icon={KeyRound} title={i18n.t('privacy.key.title')}>
        <p>{i18n.t('privacy.key.where')}</p>
        <p>{i18n.t('privacy.key.text')}</p>
      </Part>
      <Part icon={Network} title={i18n.t('privacy.leaves.title')}>
        <p>{i18n.t('privacy.leaves.text')}</p>
        <p>{i18n.t('privacy.leaves.never')}</p>
      </Part>
      <Part icon={Unplug} title={i18n.t('privacy.disconnect.title')}>
        <p>{i18n.t('privacy.disconnect.text')}</p>
      </Part>
    </div>
  );
}

function Part({ icon: Icon, title, children }: { icon: LucideIcon; title: string; children: ReactNode }) {
  return (
    <section className="flex gap-3.5 px-5 py-4">
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-faint" strokeWidth={1.75} />
      <div className="max-w-prose">
        <h2 className="font-semibold">{title}</h2>
        <div className="mt-1 space-y-1.5 text-muted">{children}</div>
      </div>
    </section>
  );
}
