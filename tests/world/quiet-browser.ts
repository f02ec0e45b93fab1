/**
 * How Chromium is kept from calling anybody by itself, so that a test may demand that nothing at all reaches a host
 * outside the world.
 *
 * Measured on Chromium 156, headless, without any extension, Playwright's own switches, four pages with a form each:
 *   content-autofill.googleapis.com GET /v1/pages/…          every form            → feature AutofillServerCommunication
 *   update.googleapis.com          POST /service/update2/json  at start            → --component-updater
 *   accounts.google.com            POST /ListAccounts          start, then retries → --gaia-url
 *   redirector.gvt1.com            GET /edgedl/chrome/dict/…   typing in a field   → spellcheck.blocked_dictionaries
 * With what stands here: none, over 150 s with pages, forms, passwords, a launchWebAuthFlow window and chrome://extensions.
 * tests/unit/world/quiet-browser.test.ts keeps it so.
 */

/**
 * Features that call out or preconnect. Chromium takes only the last `--disable-features`, which makes this list replace
 * Playwright's own: what of that one is wanted stands in the second group. `ThirdPartyStoragePartitioning` is in
 * Playwright's list and deliberately not here: users have it.
 */
const DISABLED_FEATURES = [
  'AutofillServerCommunication',
  'OptimizationHints',
  'OptimizationGuideModelDownloading',
  'OptimizationTargetPrediction',
  'NetworkTimeServiceQuerying',
  'PreconnectToSearch',
  'AimEnabled',
  'Translate',
  'CertificateTransparencyComponentUpdater',
  'MediaRouter',
  'DialMediaRouteProvider',

  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'PaintHolding',
  'AvoidCorsURLLoaderRestartOnRedirect',
];

/** A reserved name (RFC 2606) that only the browser's own services are given, and that does not resolve. */
const NOWHERE = 'nowhere.invalid';

/**
 * Ends the calls of those services before they leave the browser. No real name is hidden by it: whatever anybody else
 * asks of the real hosts of these services still reaches the world server and is recorded there.
 */
export const NOWHERE_RULE = `MAP ${NOWHERE} ~NOTFOUND`;

/** Switches that silence or redirect; Playwright's defaults already hold the common ones. */
export function quietSwitches(): string[] {
  return [
    `--disable-features=${DISABLED_FEATURES.join(',')}`,
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-domain-reliability',
    '--disable-client-side-phishing-detection',
    '--disable-quic', // the world server speaks TCP only
    '--no-pings',
    // These services have no working off switch and are told another address instead.
    `--gaia-url=https://${NOWHERE}`,
    `--google-apis-url=https://${NOWHERE}`,
    `--component-updater=url-source=https://${NOWHERE}`,
  ];
}

/** Profile settings for the services a switch does not reach, as they stand in `Default/Preferences`. */
export function quietPreferences(locale: string) {
  return {
    extensions: { ui: { developer_mode: true } }, // without it chrome.runtime.reload() disables an unpacked extension
    safebrowsing: { enabled: false, enhanced: false },
    signin: { allowed: false, allowed_on_next_startup: false },
    autofill: { profile_enabled: false, credit_card_enabled: false },
    credentials_enable_service: false,
    profile: { password_manager_leak_detection: false },
    search: { suggest_enabled: false },
    alternate_error_pages: { enabled: false },
    net: { network_prediction_options: 2 },
    translate: { enabled: false },
    browser: { enable_spellchecking: false },
    // An empty list of dictionaries is filled again with the browser's language, even with spell checking off.
    spellcheck: { dictionaries: [], blocked_dictionaries: dictionariesOf(locale), use_spelling_service: false },
    payments: { can_make_payment_enabled: false },
  };
}

function dictionariesOf(locale: string): string[] {
  return [...new Set([locale, new Intl.Locale(locale).language, 'en-US', 'en-GB'])];
}

/** The same for `Local State`, which all profiles of a browser share. */
export const QUIET_LOCAL_STATE = {
  user_experience_metrics: { reporting_enabled: false },
  background_mode: { enabled: false },
  dns_over_https: { mode: 'off' },
};

/**
 * The one name outside the world that the browser itself may ask for: where an OAuth sign-in by `launchWebAuthFlow` returns
 * to. Chromium cancels that navigation when it sees it, but sometimes only after the request, `code=` and all, has left
 * (measured on 156: TLS greeting always, whole request in some runs). Nobody but PKCE keeps that code useless.
 */
export function signInReturnHost(extensionId: string): string {
  return `${extensionId}.chromiumapp.org`;
}
