/** `npm run sandbox`: the sandbox CRM on this machine, until Ctrl-C. */
import { createSandbox } from './sandbox.ts';

const port = Number(process.env.SANDBOX_PORT ?? 8443);
const redirectUri = 'http://localhost:3000/callback';
const sandbox = createSandbox({ redirectUris: [redirectUri, ...(process.env.SANDBOX_REDIRECT_URIS?.split(',') ?? [])] });
const { url, close } = await sandbox.listen({ port });
const token = sandbox.tokens.issueAccessToken();
const count = (object: string) => sandbox.org.rows(object).length.toLocaleString('en');

console.log(`
Sandbox CRM at ${url}
  ${count('Account')} Accounts, ${count('Contact')} Contacts, ${count('Lead')} Leads, ${count('Opportunity')} Opportunities, ${count('Task')} Tasks

Log in          ${url}/
User name       ${sandbox.username}
Password        anything
Consumer key    ${sandbox.clientApp.clientId}
Callback        ${redirectUri} (more with SANDBOX_REDIRECT_URIS=a,b)
Access token    ${token}

With curl
  curl -H 'Authorization: Bearer ${token}' '${url}/services/data/v66.0/query?q=SELECT+Name,Website+FROM+Account+LIMIT+3'

With jsforce
  import { Connection } from 'jsforce';
  const crm = new Connection({ instanceUrl: '${url}', accessToken: '${token}', version: '66.0' });
  console.log(await crm.query('SELECT COUNT() FROM Contact'));

It holds everything in memory and starts afresh each time. Stop it with Ctrl-C.
`);

process.once('SIGINT', () => {
  void close().then(() => process.exit(0));
});
