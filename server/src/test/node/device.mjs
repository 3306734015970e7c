// A program without a browser that has never heard of Cofferdam: discovery, device flow, refresh, a request, as openid-client
// does them. Speaks with its test in lines of JSON: {"type": …} wants a person to type a code, everything else is told.
import { createInterface } from 'node:readline/promises';
import * as client from 'openid-client';

const [server, id, scope] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const tell = (what) => process.stdout.write(JSON.stringify(what) + '\n');
const refused = async (doing) => {
  try {
    await doing();
    return 'done';
  } catch (failure) {
    return failure.error ?? failure.code ?? String(failure);
  }
};

const config = await client.discovery(new URL(server), id, undefined, client.None(), {
  algorithm: 'oauth2',
  execute: [client.allowInsecureRequests],
});
// It waits as long as it is told; a test has its answer at once, and asks after a second.
const ask = async (answer, what = { scope }) => {
  const asked = await client.initiateDeviceAuthorization(config, what);
  tell({ type: asked.user_code, at: asked.verification_uri, as: answer });
  await lines.next();
  return { ...asked, interval: 1 };
};

const allowed = await ask('allow');
const first = await client.pollDeviceAuthorizationGrant(config, allowed);
tell({ bearer: first.token_type, scope: first.scope });
const second = await client.refreshTokenGrant(config, first.refresh_token);
const read = await client.fetchProtectedResource(config, second.access_token, new URL('/v1/tenant', server), 'GET');
tell({ status: read.status, tenant: (await read.json()).tenant_id });

const denied = await ask('deny');
tell({ denied: await refused(() => client.pollDeviceAuthorizationGrant(config, denied)) });
tell({ again: await refused(() => client.pollDeviceAuthorizationGrant(config, allowed)) });
// A token that lasts, which its person makes (RFC 9396).
const details = [{ type: 'personal_token', label: 'of a test', scopes: ['tenant:read'], expires_in_days: 9 }];
const wanted = await ask('allow', { authorization_details: JSON.stringify(details) });
const made = await client.pollDeviceAuthorizationGrant(config, wanted);
tell({ made: made.access_token.slice(0, 14), lasts: made.expires_in, details: made.authorization_details[0].type });
const same = await client.fetchProtectedResource(config, made.access_token, new URL('/v1/tenant', server), 'GET');
tell({ reads: same.status });
process.exit(0);
