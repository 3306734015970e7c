// A client of the kind that MCP programs are: knows the address of something that it was refused at, and nothing else. Finds who
// protects it (RFC 9728), registers itself there (RFC 7591), asks for a code for that resource (RFC 8707), and reads. Speaks with
// its test in lines of JSON: {"ask": …} wants something of the person, everything else is told.
import { createInterface } from 'node:readline/promises';
import * as client from 'openid-client';
import * as oauth from 'oauth4webapi';

const [protectedThing, redirectUri, scope] = process.argv.slice(2);
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
const plain = { [oauth.allowInsecureRequests]: true };

const met = await fetch(protectedThing);
const where = /resource_metadata="([^"]+)"/.exec(met.headers.get('www-authenticate'))[1];
tell({ met: met.status, where });
const said = await (await fetch(where)).json();
// As the specification has it, from the resource to its metadata: the same is found.
const found = await oauth.processResourceDiscoveryResponse(
  new URL(said.resource),
  await oauth.resourceDiscoveryRequest(new URL(said.resource), plain),
);
tell({ resource: found.resource, same: found.resource === said.resource });

const config = await client.dynamicClientRegistration(
  new URL(found.authorization_servers[0]),
  {
    client_name: 'A program of somebody',
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  },
  client.None(),
  { algorithm: 'oauth2', execute: [client.allowInsecureRequests] },
);
tell({ registered: config.clientMetadata().client_id, secret: config.clientMetadata().client_secret ?? 'none' });

const verifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const to = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri,
  scope,
  state,
  resource: found.resource,
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
});
tell({ ask: to.href });
const callback = new URL((await lines.next()).value);
const proofs = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
const first = await client.authorizationCodeGrant(
  config,
  callback,
  { pkceCodeVerifier: verifier, expectedState: state },
  { resource: found.resource },
  { DPoP: proofs },
);
tell({ type: first.token_type, scope: first.scope });
const read = (token) =>
  client.fetchProtectedResource(config, token, new URL(protectedThing), 'GET', undefined, undefined, { DPoP: proofs });
const answer = await read(first.access_token);
tell({ status: answer.status, tenant: (await answer.json()).tenant_id });

const bare = await fetch(protectedThing, { headers: { authorization: 'Bearer ' + first.access_token } });
tell({ bare: bare.status });
tell({
  wider: await refused(() =>
    client.refreshTokenGrant(config, first.refresh_token, { scope: scope + ' audit:read' }, { DPoP: proofs }),
  ),
});
tell({ unproven: await refused(() => client.refreshTokenGrant(config, first.refresh_token)) });
const second = await client.refreshTokenGrant(config, first.refresh_token, { resource: found.resource }, { DPoP: proofs });
tell({ again: (await read(second.access_token)).status });
tell({ elsewhere: await refused(() => client.refreshTokenGrant(config, second.refresh_token, { resource: 'https://elsewhere.example/' }, { DPoP: proofs })) });
await client.tokenRevocation(config, second.refresh_token);
tell({ renewed: await refused(() => client.refreshTokenGrant(config, second.refresh_token, {}, { DPoP: proofs })) });
process.exit(0);
