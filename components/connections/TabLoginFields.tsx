import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import { Notice } from '../ui/Notice';
import { AddressField } from './AddressField';

interface Props {
  typed: string;
  onType: (typed: string) => void;
  error: string | undefined;
  /** In the place of the address: the choice among those that the organisation allows. */
  hosts: ReactNode;
}

/** What the login of a signed-in tab is and may do, before anybody gives it, and at which address it is. */
export function TabLoginFields({ typed, onType, error, hosts }: Props) {
  return (
    <>
      <Notice tone="warn" urgent={false}>
        <p className="font-medium">{i18n.t('connect.tabTitle')}</p>
        <ul className="mt-1 list-disc space-y-1 ps-4">
          <li>{i18n.t('connect.tabIs')}</li>
          <li>{i18n.t('connect.tabMay')}</li>
          <li>{i18n.t('connect.tabEnds')}</li>
          <li>{i18n.t('connect.tabKept')}</li>
          <li>{i18n.t('connect.tabAdmin')}</li>
        </ul>
      </Notice>
      {hosts ?? (
        <AddressField
          label={i18n.t('connect.tabHost')}
          hint={i18n.t('connect.tabHostHint')}
          example="acme.lightning.force.com"
          typed={typed}
          onType={onType}
          error={error}
        />
      )}
    </>
  );
}
