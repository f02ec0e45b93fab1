import { INVENTORY } from './fixtures/privacy.ts';
import { LANGUAGES, setLanguage, stateId } from './fake-browser';
import '@/components/ui/theme.css';
import './fixed-font.css';
import { Fragment, useEffect, useState } from 'react';
import { mountView, tellLanguage } from '@/components/ui/mount-view';
import { App as Options } from '@/entrypoints/options/App';
import { App as Popup } from '@/entrypoints/popup/App';
import { App as Sidebar } from '@/entrypoints/sidebar/App';
import { App as Setup } from '@/entrypoints/setup/App';
import { App as SidePanel } from '@/entrypoints/sidepanel/App';
import { CompanyPage } from './CompanyPage';
import type { State } from './state.ts';
import { STATES, stateById } from './states.ts';

const yes = () => Promise.resolve(true);
const no = () => Promise.resolve(false);

type Tell = Parameters<Parameters<typeof SidePanel>[0]['follow']>[0];
/** The panel hears of a tab as from the browser; `goTo` is the person who goes to another page. */
function followTab(tell: Tell): () => void {
  let visit = 0;
  const goTo = (tabId: number) => {
    visit += 1;
    tell({ tabId, visit });
  };
  Object.defineProperty(globalThis, 'goTo', { value: goTo, configurable: true });
  goTo(1);
  return () => {};
}

const LOCK_KEYS = { ask: () => Promise.resolve('Ctrl+Shift+L'), change: () => {} };

const SHORTCUTS = {
  list: () =>
    Promise.resolve([
      { description: 'Lock Sidelight', shortcut: 'Alt+Shift+L' },
      { description: 'Open or close the sidebar', shortcut: 'Alt+Shift+S' },
      { description: 'Open the side panel', shortcut: '' },
    ]),
  change: () => {},
};
let granted = [
  'all',
  'https://login.salesforce.com/*',
  'https://*.my.salesforce.com/*',
  'https://crm.old-company.com/*',
  'cookies',
];
/** A host can be taken back, a permission cannot be asked about, and the browser keeps all sites. */
const GRANTS = {
  list: () => Promise.resolve(granted),
  async drop(grant: string) {
    if (grant === 'cookies') throw new Error('the browser refuses');
    if (grant === 'all') return false;
    granted = granted.filter((one) => one !== grant);
    return true;
  },
};

function View({ state }: { state: State }) {
  if (state.view === 'tab') return <CompanyPage refuses={state.accessDenied ?? false} />;
  if (state.view === 'sidebar') return <Sidebar token="gallery" />;
  if (state.view === 'sidepanel') return <SidePanel follow={followTab} openOptions={() => {}} askSiteAccess={yes} />;
  if (state.view === 'popup') return <Popup tabId={1} openOptions={() => {}} />;
  const ask = state.accessDenied ? no : yes;
  if (state.view === 'setup')
    return <Setup askHostAccess={ask} askSiteAccess={ask} dropSiteAccess={yes} openOptions={() => {}} />;
  return (
    <Options
      version="0.1.0"
      askHostAccess={ask}
      askSiteAccess={ask}
      dropSiteAccess={yes}
      checkForUpdate={state.noUpdateCheck ? null : ask}
      lockKeys={LOCK_KEYS}
      shortcuts={SHORTCUTS}
      grants={GRANTS}
      inventory={INVENTORY}
    />
  );
}

/** Draws its view again in the language that `speak('de')` names; what the view remembers stays. */
function Speaking({ state }: { state: State }) {
  const [, setSpoken] = useState('');
  useEffect(() => {
    const speak = (language: string) => {
      setLanguage(language);
      tellLanguage();
      setSpoken(language);
    };
    Object.defineProperty(globalThis, 'speak', { value: speak, configurable: true });
  }, []);
  return <View state={state} />;
}

function Contents() {
  return (
    <main dir="ltr">
      <h1>Gallery</h1>
      <ul>
        {STATES.map(({ id, section }) => (
          <li key={id}>
            {LANGUAGES.map((language, index) => (
              <Fragment key={language}>
                {index > 0 && ' · '}
                <a href={`?state=${id}&lang=${language}${section ? `#${section}` : ''}`}>{index === 0 ? id : language}</a>
              </Fragment>
            ))}
          </li>
        ))}
      </ul>
    </main>
  );
}

const state = stateById(stateId);
void mountView(state ? <Speaking state={state} /> : <Contents />);
