/**
 * How Chromium is kept from calling anybody by itself, so that a test may demand that nothing at all reaches a host
 * outside the world: see `docs` of each group, and tests/unit/world/quiet-browser.test.ts, which measures it.
 */

/**
 * Features that call out or preconnect. Chromium takes only the last `--disable-features`, which makes this list replace
 * Playwright's own: what of that one is wanted stands in the second group. `ThirdPartyStoragePartitioning` is in
 * Playwright's list and deliberately not here: users have it.
 */
const DISABLED_FEATURES = [
  'AutofillServerCommunication', // content-autofill.googleapis.com, on every page with a form
  'OptimizationHints',
  'OptimizationGuideModelDownloading',
  'OptimizationTargetPrediction',
  'NetworkTimeServiceQuerying',
  'PreconnectToSearch',
  'AimEnabled',
  'Translate',
  'InterestFeedContentSuggestions',
  'CertificateTransparencyComponentUpdater',
  'MediaRouter',
  'DialMediaRouteProvider',
  'SafeBrowsingAsyncRealTimeCheck',
  'ExtensionsOnChromeWebStoreRecommendations',
  'PrivacySandboxSettings4',
  'FedCm',

  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'PaintHolding',
  'AvoidCorsURLLoaderRestartOnRedirect',
];

/** Nowhere: a reserved top-level domain (RFC 2606), so that even a call that slips through is recognised. */
const NOWHERE = 'https://nowhere.invalid';

/** Switches that silence what is left; Playwright's defaults already hold the common ones. */
export function quietSwitches(): string[] {
  return [
    `--disable-features=${DISABLED_FEATURES.join(',')}`,
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-domain-reliability',
    '--disable-client-side-phishing-detection',
    '--disable-quic',
    '--no-pings',
    '--no-default-browser-check',
    '--no-first-run',
    `--gaia-url=${NOWHERE}`,
    `--google-apis-url=${NOWHERE}`,
    `--google-url=${NOWHERE}`,
    `--lso-url=${NOWHERE}`,
    `--variations-server-url=${NOWHERE}`,
    `--variations-insecure-server-url=${NOWHERE}`,
    `--component-updater=url-source=${NOWHERE}`,
    `--apps-gallery-update-url=${NOWHERE}`,
  ];
}

/** Profile settings that silence the services a switch does not reach, as they stand in `Default/Preferences`. */
export const QUIET_PREFERENCES = {
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
  spellcheck: { dictionaries: [], blocked_dictionaries: ['en-US'], blocklisted_dictionaries: ['en-US'], use_spelling_service: false },
  payments: { can_make_payment_enabled: false },
  media_router: { enable_media_router: false },
  ntp: { num_personal_suggestions: 0 },
} as const;

/** The same for `Local State`, which all profiles of a browser share. */
export const QUIET_LOCAL_STATE = {
  user_experience_metrics: { reporting_enabled: false },
  background_mode: { enabled: false },
  dns_over_https: { mode: 'off' },
} as const;
