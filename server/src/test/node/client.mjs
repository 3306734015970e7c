// A client that has never heard of Cofferdam: discovery, code with PKCE, refresh, a request, revocation, as openid-client does
// them. Speaks with its test in lines of JSON: {"ask": …} wants something of the person, everything else is told.
import { createInterface } from 'node:readline/promises';
import * as client from 'openid-client';

const [server, id, redirectUri, scope] = process.argv.slice(2);
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
const metadata = config.serverMetadata();
tell({ issuer: metadata.issuer, iss: metadata.authorization_response_iss_parameter_supported });

const verifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const to = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri,
  scope,
  state,
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  resource: metadata.protected_resources[0],
});
tell({ ask: to.href });
const callback = new URL((await lines.next()).value);

const first = await client.authorizationCodeGrant(config, callback, { pkceCodeVerifier: verifier, expectedState: state });
tell({ type: first.token_type, scope: first.scope, expires: first.expires_in });
const second = await client.refreshTokenGrant(config, first.refresh_token);
tell({ rotated: second.refresh_token !== first.refresh_token });

const read = await client.fetchProtectedResource(config, second.access_token, new URL('/v1/tenant', server), 'GET');
tell({ status: read.status, tenant: (await read.json()).tenant_id });

// An answer of another server in the place of ours (RFC 9207).
const mixed = new URL(callback);
mixed.searchParams.set('iss', 'https://elsewhere.example');
tell({
  mixed: await refused(() =>
    client.authorizationCodeGrant(config, mixed, { pkceCodeVerifier: verifier, expectedState: state })),
});

await client.tokenRevocation(config, second.refresh_token);
tell({ renewed: await refused(() => client.refreshTokenGrant(config, second.refresh_token)) });
process.exit(0);
