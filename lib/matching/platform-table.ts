/**
 * Platforms on which companies have pages of their own, and where the company stands in the address. The patterns for LinkedIn,
 * Facebook, X, Instagram and YouTube were run over 45,000 addresses of the name-suggestion-index; those of shops, job boards
 * and directories are as they occur in real website fields or as the provider documents them.
 */
export interface Platform {
  /** What a person calls it. */
  name: string;
  /** Registrable domains' labels, by which the platform is looked up: `amazon` for all of Amazon's countries. */
  labels: readonly string[];
  host: RegExp;
  /** On path and query; group 1 is the company. */
  path: RegExp;
  /** True when whatever lies below the root is somebody's page, so that such an address never names the platform. */
  open?: true;
}

export const PLATFORMS: readonly Platform[] = [
  {
    name: 'LinkedIn',
    labels: ['linkedin'],
    host: /^(?:[\w-]+\.)?linkedin\.com$/,
    path: /^\/(?:company|school|showcase|organization)(?:-beta)?\/([^/?#]+)/i,
    open: true,
  },
  {
    name: 'Facebook',
    labels: ['facebook', 'fb'],
    host: /^(?:[\w-]+\.)?(?:facebook|fb)\.com$/,
    path: /^\/(?:pages\/[^/]+\/|p\/|pg\/)?([^/?#]+)/i,
    open: true,
  },
  {
    name: 'X',
    labels: ['x', 'twitter'],
    host: /^(?:www\.|mobile\.)?(?:x|twitter)\.com$/,
    path: /^\/@?(\w{1,15})(?=[/?#]|$)/,
    open: true,
  },
  {
    name: 'Instagram',
    labels: ['instagram', 'instagr'],
    host: /^(?:www\.)?(?:instagram\.com|instagr\.am)$/,
    path: /^\/([\w.]+)/,
    open: true,
  },
  {
    name: 'YouTube',
    labels: ['youtube', 'youtu'],
    host: /^(?:[\w-]+\.)?youtube\.com$/,
    path: /^\/(?:@|c\/|user\/|channel\/)([^/?#]+)/i,
    open: true,
  },
  { name: 'TikTok', labels: ['tiktok'], host: /^(?:www\.)?tiktok\.com$/, path: /^\/@([^/?#]+)/, open: true },
  { name: 'Pinterest', labels: ['pinterest'], host: /^(?:[\w-]+\.)?pinterest\.[a-z.]+$/, path: /^\/([^/?#]+)/, open: true },
  { name: 'Threads', labels: ['threads'], host: /^(?:www\.)?threads\.(?:net|com)$/, path: /^\/@([^/?#]+)/, open: true },
  { name: 'VK', labels: ['vk'], host: /^(?:m\.)?vk\.com$/, path: /^\/([^/?#]+)/, open: true },
  { name: 'Weibo', labels: ['weibo'], host: /^(?:www\.)?weibo\.com$/, path: /^\/(?:u\/)?([^/?#]+)/, open: true },
  {
    name: 'XING',
    labels: ['xing'],
    host: /^(?:www\.)?xing\.com$/,
    path: /^\/(?:pages|companies|company)\/([^/?#]+)/i,
    open: true,
  },
  { name: 'Telegram', labels: ['t', 'telegram'], host: /^(?:t|telegram)\.me$/, path: /^\/(?:s\/)?([^/?#]+)/, open: true },
  { name: 'Bluesky', labels: ['bsky'], host: /^bsky\.app$/, path: /^\/profile\/([^/?#]+)/, open: true },
  { name: 'Medium', labels: ['medium'], host: /^(?:www\.)?medium\.com$/, path: /^\/@?([^/?#]+)/, open: true },
  { name: 'Patreon', labels: ['patreon'], host: /^(?:www\.)?patreon\.com$/, path: /^\/(?:c\/)?([^/?#]+)/, open: true },
  { name: 'Linktree', labels: ['linktr'], host: /^(?:www\.)?linktr\.ee$/, path: /^\/([^/?#]+)/, open: true },
  { name: 'GitHub', labels: ['github'], host: /^(?:www\.)?github\.com$/, path: /^\/(?:orgs\/)?([^/?#]+)/i, open: true },
  { name: 'GitLab', labels: ['gitlab'], host: /^gitlab\.com$/, path: /^\/([^/?#]+)/, open: true },
  { name: 'Bitbucket', labels: ['bitbucket'], host: /^bitbucket\.org$/, path: /^\/([^/?#]+)/, open: true },
  { name: 'npm', labels: ['npmjs'], host: /^(?:www\.)?npmjs\.com$/, path: /^\/(?:org\/|~|package\/@)([^/?#]+)/, open: true },
  { name: 'Docker Hub', labels: ['docker'], host: /^hub\.docker\.com$/, path: /^\/(?:u|r)\/([^/?#]+)/ },
  {
    name: 'Crunchbase',
    labels: ['crunchbase'],
    host: /^(?:www\.)?crunchbase\.com$/,
    path: /^\/(?:organization|company)\/([^/?#]+)/i,
    open: true,
  },
  {
    name: 'Wellfound',
    labels: ['wellfound', 'angel'],
    host: /^(?:www\.)?(?:wellfound\.com|angel\.co)$/,
    path: /^\/company\/([^/?#]+)/i,
    open: true,
  },
  {
    name: 'Y Combinator',
    labels: ['ycombinator'],
    host: /^(?:www\.)?ycombinator\.com$/,
    path: /^\/companies\/([^/?#]+)/,
    open: true,
  },
  {
    name: 'Product Hunt',
    labels: ['producthunt'],
    host: /^(?:www\.)?producthunt\.com$/,
    path: /^\/(?:products\/|posts\/|@)([^/?#]+)/,
    open: true,
  },
  { name: 'G2', labels: ['g2'], host: /^(?:www\.)?g2\.com$/, path: /^\/(?:products|sellers)\/([^/?#]+)/, open: true },
  { name: 'Capterra', labels: ['capterra'], host: /^(?:www\.)?capterra\.[a-z.]+$/, path: /^\/p\/(\d+)/, open: true },
  {
    name: 'Trustpilot',
    labels: ['trustpilot'],
    host: /^(?:[\w-]+\.)?trustpilot\.com$/,
    path: /^\/review\/([^/?#]+)/,
    open: true,
  },
  {
    name: 'Glassdoor',
    labels: ['glassdoor'],
    host: /^(?:[\w-]+\.)?glassdoor\.[a-z.]+$/,
    path: /^\/(?:Overview|Reviews|Jobs)\/[^?#]*?E(?:I_IE)?(\d+)/,
    open: true,
  },
  { name: 'Indeed', labels: ['indeed'], host: /^(?:[\w-]+\.)?indeed\.[a-z.]+$/, path: /^\/cmp\/([^/?#]+)/, open: true },
  { name: 'kununu', labels: ['kununu'], host: /^(?:www\.)?kununu\.com$/, path: /^\/[a-z]{2}\/([^/?#]+)/, open: true },
  { name: 'Yelp', labels: ['yelp'], host: /^(?:www\.|m\.)?yelp\.[a-z.]+$/, path: /^\/biz\/([^/?#]+)/, open: true },
  { name: 'Yahoo Finance', labels: ['yahoo'], host: /^finance\.yahoo\.com$/, path: /^\/quote\/([^/?#]+)/ },
  {
    name: 'Bloomberg',
    labels: ['bloomberg'],
    host: /^(?:www\.)?bloomberg\.com$/,
    path: /^\/(?:profile\/company|quote)\/([^/?#]+)/,
  },
  {
    name: 'App Store',
    labels: ['apple'],
    host: /^(?:apps|itunes)\.apple\.com$/,
    path: /^\/(?:[a-z]{2}\/)?(?:app|developer)\/(?:[^/]+\/)?id(\d+)/,
  },
  {
    name: 'Google Play',
    labels: ['google'],
    host: /^play\.google\.com$/,
    path: /^\/store\/apps\/(?:details|developer|dev)\?(?:[^#]*&)?id=([^&#]+)/,
  },
  {
    name: 'Chrome Web Store',
    labels: ['google'],
    host: /^chrome(?:webstore)?\.google\.com$/,
    path: /^\/(?:webstore\/)?detail\/(?:[^/]+\/)?([a-p]{32})/,
  },
  { name: 'Google Sites', labels: ['google'], host: /^sites\.google\.com$/, path: /^\/(?:view\/|a\/|site\/)?([^/?#]+)/ },
  { name: 'Amazon', labels: ['amazon'], host: /^(?:www\.)?amazon\.[a-z.]+$/, path: /^\/stores\/(?:page\/)?([^/?#]+)/ },
  { name: 'Etsy', labels: ['etsy'], host: /^(?:www\.)?etsy\.com$/, path: /^\/(?:[a-z-]+\/)?shop\/([^/?#]+)/ },
  { name: 'eBay', labels: ['ebay'], host: /^(?:www\.)?ebay\.[a-z.]+$/, path: /^\/(?:str|usr)\/([^/?#]+)/ },
  { name: 'Workable', labels: ['workable'], host: /^apply\.workable\.com$/, path: /^\/(?!api\/)([^/?#]+)/ },
  { name: 'Lever', labels: ['lever'], host: /^jobs\.(?:eu\.)?lever\.co$/, path: /^\/([^/?#]+)/ },
  {
    name: 'Greenhouse',
    labels: ['greenhouse'],
    host: /^(?:job-)?boards\.(?:eu\.)?greenhouse\.io$/,
    path: /^\/(?:embed\/job_board\?for=)?([^/?#&]+)/,
  },
  { name: 'Ashby', labels: ['ashbyhq'], host: /^jobs\.ashbyhq\.com$/, path: /^\/([^/?#]+)/ },
  { name: 'Rippling', labels: ['rippling'], host: /^ats\.rippling\.com$/, path: /^\/(?:[a-z]{2}(?:-[A-Z]{2})?\/)?([^/?#]+)/ },
  {
    name: 'SmartRecruiters',
    labels: ['smartrecruiters'],
    host: /^(?:careers|jobs)\.smartrecruiters\.com$/,
    path: /^\/([^/?#]+)/,
  },
  { name: 'Intercom', labels: ['intercom'], host: /^intercom\.help$/, path: /^\/([^/?#]+)/ },
  { name: 'Wikipedia', labels: ['wikipedia'], host: /^[a-z-]+\.(?:m\.)?wikipedia\.org$/, path: /^\/wiki\/([^?#]+)/, open: true },
  { name: 'GOV.UK', labels: ['gov', 'www'], host: /^(?:www\.)?gov\.uk$/, path: /^\/(?:government\/organisations\/)?([^/?#]+)/ },
  { name: 'gov.br', labels: ['gov', 'www'], host: /^(?:www\.)?gov\.br$/, path: /^\/([^/?#]+)/ },
  { name: 'gob.mx', labels: ['gob', 'www'], host: /^(?:www\.)?gob\.mx$/, path: /^\/([^/?#]+)/ },
];

/** Below these nothing names the company whose domain it is: shortened links, maps, shared documents, advertising. */
export const NOBODYS_HOSTS = new Set(
  `bit.ly goo.gl tinyurl.com t.co lnkd.in ow.ly buff.ly is.gd rb.gy cutt.ly youtu.be g.page maps.google.com docs.google.com
  drive.google.com forms.gle maps.app.goo.gl business.google.com plus.google.com itunes.apple.com apps.apple.com play.google.com
  sites.google.com chromewebstore.google.com maps.apple.com 1drv.ms onedrive.live.com dropbox.com wetransfer.com`.split(/\s+/),
);
