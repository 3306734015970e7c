// A workload that has never heard of Cofferdam: discovery, client credentials by a key of its own, a token that is bound to another,
// introspection, revocation, as openid-client does them. It tells its test in lines of JSON.
import * as client from 'openid-client';

const [server, id, jwk, scope, wider] = process.argv.slice(2);
const tell = (what) => process.stdout.write(JSON.stringify(what) + '\n');
const refused = async (doing) => {
  try {
    await doing();
    return 'done';
  } catch (failure) {
    return failure.error ?? failure.code ?? String(failure);
  }
};
const { kid, ...own } = JSON.parse(jwk);
const key = await crypto.subtle.importKey('jwk', own, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
const config = await client.discovery(new URL(server), id, undefined, client.PrivateKeyJwt({ key, kid }), {
  algorithm: 'oauth2',
  execute: [client.allowInsecureRequests],
});
const thing = new URL('/v1/tenant', server);

const token = await client.clientCredentialsGrant(config, { scope });
tell({ type: token.token_type, scope: token.scope, renewed: token.refresh_token ?? 'never' });
tell({ status: (await client.fetchProtectedResource(config, token.access_token, thing, 'GET')).status });
tell({ wider: await refused(() => client.clientCredentialsGrant(config, { scope: wider })) });
tell({ elsewhere: await refused(() => client.clientCredentialsGrant(config, { resource: 'https://elsewhere.example/' })) });

const proofs = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
const bound = await client.clientCredentialsGrant(config, { scope }, { DPoP: proofs });
const shown = await client.fetchProtectedResource(config, bound.access_token, thing, 'GET', undefined, undefined, { DPoP: proofs });
tell({ bound: bound.token_type, proven: shown.status });

tell({ active: (await client.tokenIntrospection(config, token.access_token)).active });
tell({ unknown: (await client.tokenIntrospection(config, 'no token')).active });
await client.tokenRevocation(config, token.access_token);
// Everywhere within a second.
let ended = true;
for (let tries = 0; ended && tries < 100; tries++) {
  ended = (await client.tokenIntrospection(config, token.access_token)).active;
}
tell({ ended: !ended });
process.exit(0);
