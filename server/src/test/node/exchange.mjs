// A job of a build server that has never heard of Cofferdam: shows what its platform signed of it, and reads, as openid-client does.
import * as client from 'openid-client';

const [server, rule, subject, scope, wider] = process.argv.slice(2);
const tell = (what) => process.stdout.write(JSON.stringify(what) + '\n');
const refused = async (doing) => {
  try {
    await doing();
    return 'done';
  } catch (failure) {
    return failure.error ?? failure.code ?? String(failure);
  }
};
const config = await client.discovery(new URL(server), rule, undefined, client.None(), {
  algorithm: 'oauth2',
  execute: [client.allowInsecureRequests],
});
const exchange = (what) =>
  client.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:token-exchange', {
    subject_token: subject,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    ...what,
  });
tell({ wider: await refused(() => exchange({ scope: wider })) });
tell({ audience: await refused(() => exchange({ audience: 'https://elsewhere.example' })) });
const token = await exchange({ scope });
tell({ type: token.token_type, issued: token.issued_token_type, scope: token.scope });
const read = await client.fetchProtectedResource(config, token.access_token, new URL('/v1/tenant', server), 'GET');
tell({ status: read.status });
tell({ again: await refused(() => exchange({ scope })) });
process.exit(0);
