import { i18n } from '#i18n';
import type { SitePreset } from '@/lib/messaging/site-protocol';

export function presetName(preset: SitePreset): string {
  switch (preset) {
    case 'banking':
      return i18n.t('decisions.banking');
    case 'health':
      return i18n.t('decisions.health');
    case 'webmail':
      return i18n.t('decisions.webmail');
    case 'government':
      return i18n.t('decisions.government');
  }
}
