/** Who the user is: the userinfo and identity answers. */
import type { Site } from '../http/sites.ts';
import type { SandboxState } from '../state.ts';

function urlsOf(site: Site, orgId: string, userId: string) {
  const at = (path: string) => `${site.instanceUrl}${path}`;
  const soap = (kind: string) => at(`/services/Soap/${kind}/{version}/${orgId.slice(0, 15)}`);
  return {
    enterprise: soap('c'),
    metadata: soap('m'),
    partner: soap('u'),
    rest: at('/services/data/v{version}/'),
    sobjects: at('/services/data/v{version}/sobjects/'),
    search: at('/services/data/v{version}/search/'),
    query: at('/services/data/v{version}/query/'),
    recent: at('/services/data/v{version}/recent/'),
    profile: at(`/${userId}`),
    custom_domain: site.instanceUrl,
  };
}

function factsOf({ org }: SandboxState, site: Site, userId: string) {
  const user = org.find('User', userId) ?? { Id: userId };
  const text = (name: string) => String(user[name] ?? '');
  return {
    id: `${site.identityBase}/id/${org.id}/${userId}`,
    username: text('Username'),
    name: text('Name'),
    first: text('FirstName'),
    last: text('LastName'),
    nickname: text('CommunityNickname'),
    email: text('Email'),
    zone: text('TimeZoneSidKey'),
    language: text('LanguageLocaleKey'),
    locale: text('LocaleSidKey'),
    changed: text('LastModifiedDate'),
    photos: { picture: `${site.instanceUrl}/profilephoto/005/F`, thumbnail: `${site.instanceUrl}/profilephoto/005/T` },
    urls: urlsOf(site, org.id, userId),
  };
}

/** `GET /services/oauth2/userinfo`, in the words of OpenID Connect. */
export function userInfoAnswer(state: SandboxState, site: Site, userId: string) {
  const facts = factsOf(state, site, userId);
  return {
    sub: facts.id,
    user_id: userId,
    organization_id: state.org.id,
    preferred_username: facts.username,
    nickname: facts.nickname,
    name: facts.name,
    email: facts.email,
    email_verified: true,
    given_name: facts.first,
    family_name: facts.last,
    zoneinfo: facts.zone,
    photos: facts.photos,
    profile: `${site.instanceUrl}/${userId}`,
    picture: facts.photos.picture,
    address: {},
    is_salesforce_integration_user: false,
    urls: facts.urls,
    active: true,
    user_type: 'STANDARD',
    language: facts.language,
    locale: facts.locale,
    utcOffset: 3_600_000,
    updated_at: facts.changed,
  };
}

/** `GET /id/<org>/<user>`: the same in Salesforce's older words. */
export function identityAnswer(state: SandboxState, site: Site, userId: string) {
  const facts = factsOf(state, site, userId);
  return {
    id: facts.id,
    asserted_user: true,
    user_id: userId,
    organization_id: state.org.id,
    username: facts.username,
    nick_name: facts.nickname,
    display_name: facts.name,
    email: facts.email,
    email_verified: true,
    first_name: facts.first,
    last_name: facts.last,
    timezone: facts.zone,
    photos: facts.photos,
    addr_street: null,
    addr_city: null,
    addr_state: null,
    addr_country: null,
    addr_zip: null,
    mobile_phone: null,
    mobile_phone_verified: false,
    is_lightning_login_user: false,
    status: { created_date: null, body: null },
    urls: facts.urls,
    active: true,
    user_type: 'STANDARD',
    language: facts.language,
    locale: facts.locale,
    utcOffset: 3_600_000,
    last_modified_date: facts.changed,
  };
}
