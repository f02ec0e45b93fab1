import { i18n } from '#i18n';
import { useAction } from '../hooks/use-action';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { saveFile } from '../ui/save-file';
import { SettingsPart } from './SettingsPart';

/** The report is saved to the letter as it stands on the screen. */
export function DiagnosticsPart() {
  const report = useAction('diagnostics.make');
  const text = report.data?.text;
  return (
    <SettingsPart title={i18n.t('settings.report')} text={i18n.t('settings.reportText')}>
      <div className="flex flex-wrap gap-2">
        <Button busy={report.isPending} onClick={() => report.mutate({})}>
          {i18n.t('settings.reportMake')}
        </Button>
        {text && (
          <Button onClick={() => saveFile('sidelight-report.json', 'application/json', text)}>
            {i18n.t('settings.reportSave')}
          </Button>
        )}
      </div>
      {report.error && <ErrorNotice error={report.error} className="mt-3" />}
      {text && (
        <section
          aria-label={i18n.t('settings.reportShown')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
          tabIndex={0}
          className="mt-3 max-h-96 overflow-auto rounded-lg border border-hairline bg-subtle p-3"
        >
          <pre dir="ltr" className="font-mono text-sm">
            {text}
          </pre>
        </section>
      )}
    </SettingsPart>
  );
}
