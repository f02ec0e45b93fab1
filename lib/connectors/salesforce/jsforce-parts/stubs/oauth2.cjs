// Sign-in, refresh and revocation are ours (connectors/oauth.ts): jsforce drops rotated refresh tokens.
Object.defineProperty(exports, '__esModule', { value: true });
class NoOAuth2 {}
exports.default = NoOAuth2;
exports.OAuth2 = NoOAuth2;
