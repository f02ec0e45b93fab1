import { useEffect, useRef, type ReactNode } from 'react';
import { Check, TriangleAlert } from 'lucide-react';
import { i18n } from '#i18n';
import type { Receipt } from '@/lib/messaging/protocol';
import { Button } from '../ui/Button';
import { CrmText } from '../ui/CrmText';
import { Phrase, slots } from '../ui/Phrase';
import { formatMoment, formatNumber } from '../ui/format';
import { formatBytes } from '../ui/format-more';
import { webLink } from '../ui/text';
import { COPIED } from '../sync/object-names';
import { CountsList } from './CountsList';

interface Props {
  receipt: Receipt;
  /** Absent when it is one of several: they share a button, and the focus is not on any of them. */
  onDone?: () => void;
  /** It has waited to be seen: it names nobody, and does not ask for the focus. */
  unseen?: boolean;
}

/** What was done when the connection was ended, each line with what was looked at afterwards. */
export function ReceiptView({ receipt, onDone, unseen = false }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const alone = onDone !== undefined && !unseen;
  useEffect(() => {
    if (alone) heading.current?.focus();
  }, [alone]);
  const { revocation, verified } = receipt;
  const records = Object.values(receipt.counts).reduce((sum, count) => sum + count, 0);
  const revokeUrl = webLink(receipt.revokeUrl);
  const readable = isNamed(receipt) || Object.keys(receipt.counts).length > 0;
  const isSample = receipt.crm === 'sample';
  const crm = crmOf(receipt);
  return (
    <section className="rounded-xl border border-hairline bg-raised p-5 shadow-lift">
      <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold">
        {i18n.t(isSample ? 'sample.removed' : 'receipt.title')}
      </h2>
      <p className="mt-0.5 text-muted">
        <Whose receipt={receipt} unseen={unseen} />
      </p>
      <ul className="mt-4 space-y-2">
        <Line ok={revocation !== 'failed'}>
          {revocation === 'confirmed' && i18n.t('receipt.revoked', [crm])}
          {revocation === 'nothing-to-revoke' && (isSample ? i18n.t('sample.noToken') : i18n.t('receipt.nothingToRevoke', [crm]))}
          {revocation === 'failed' && (readable ? i18n.t('receipt.notRevoked', [crm]) : i18n.t('receipt.notReadable'))}
          {revocation === 'failed' && !revokeUrl && ` ${i18n.t('receipt.whereByHand')}`}
          {revocation === 'failed' && revokeUrl && (
            <>
              {' '}
              <a
                href={revokeUrl}
                target="_blank"
                rel="noopener noreferrer"
                className="font-medium text-accent underline underline-offset-2"
              >
                {i18n.t('receipt.revokeByHand')}
              </a>
            </>
          )}
        </Line>
        <Line ok={verified.keyGone}>{i18n.t(verified.keyGone ? 'receipt.keyGone' : 'receipt.keyLeft')}</Line>
        <Line ok={verified.bucketGone}>
          {verified.bucketGone
            ? records > 0 || receipt.bytes > 0
              ? i18n.t('receipt.dataGone', [formatNumber(records), formatBytes(receipt.bytes)])
              : i18n.t('receipt.storeGone')
            : i18n.t('receipt.dataLeft')}
        </Line>
      </ul>
      {records > 0 && (
        <div className="mt-4 border-t border-hairline pt-4">
          <CountsList counts={receipt.counts} objects={COPIED} />
        </div>
      )}
      <div className="mt-4 flex items-center gap-3 border-t border-hairline pt-4">
        <p className="min-w-0 flex-1 text-sm text-faint">{i18n.t('receipt.finished', [formatMoment(receipt.finishedAt)])}</p>
        {onDone && <Button onClick={onDone}>{i18n.t('common.done')}</Button>}
      </div>
    </section>
  );
}

/** Which connection it was, as far as anybody knows. */
function Whose({ receipt, unseen }: { receipt: Receipt; unseen: boolean }) {
  const crm = crmOf(receipt);
  if (receipt.crm === 'sample') return i18n.t('sample.removedOf', { crm });
  if (!isNamed(receipt)) return i18n.t(unseen ? 'receipt.ofUnseen' : 'receipt.ofUnknown', [crm]);
  const parts = { crm, user: <CrmText text={receipt.userName} />, org: <CrmText text={receipt.orgName} /> };
  return <Phrase text={i18n.t('receipt.of', slots('crm', 'user', 'org'))} parts={parts} />;
}

const crmOf = ({ crmLabel }: Receipt): string => crmLabel || i18n.t('receipt.yourCrm');

/** Who it was is sealed in the copy: of one that cannot be opened nobody knows it. */
const isNamed = ({ userName, orgName }: Receipt): boolean => userName !== '' || orgName !== '';

function Line({ ok, children }: { ok: boolean; children: ReactNode }) {
  const Icon = ok ? Check : TriangleAlert;
  return (
    <li className="flex gap-2">
      <Icon aria-hidden="true" className={`mt-px size-4 shrink-0 ${ok ? 'text-good' : 'text-warn'}`} strokeWidth={2} />
      <span className="min-w-0">{children}</span>
    </li>
  );
}
