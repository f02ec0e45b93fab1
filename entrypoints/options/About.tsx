import { i18n } from '#i18n';

export function About({ version }: { version: string }) {
  const facts = [
    { label: i18n.t('about.version'), value: version },
    { label: i18n.t('about.license'), value: i18n.t('about.licenseText') },
    { label: i18n.t('about.server'), value: i18n.t('about.serverText') },
  ];
  return (
    <dl className="divide-y divide-hairline rounded-xl border border-hairline bg-raised shadow-lift">
      {facts.map(({ label, value }) => (
        <div key={label} className="flex gap-4 px-5 py-3">
          <dt className="w-24 shrink-0 text-muted">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
