// A real OpenID provider on loopback: oidc-provider, with the people of the tests. It asks for no
// password: who signs in is named by a cookie of the test's browser.
//
//   node provider.mjs PORT APP_ADDRESS SECRET
//
// POST /sign      answers with the JSON that it gets, signed by the provider's key
// POST /rotate    takes a new key for what is signed from then on
// POST /asked     answers with how often its keys were asked for
// POST /leave?sub ends a person's sessions over the back channel, as an administrator would

import { createServer } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import Provider from "oidc-provider";

const [port, app, secret] = process.argv.slice(2);
const mail = (sub) => ({ email: `${sub}@example.org`, email_verified: true });
const crowd = Array.from({ length: 600 }, (_, number) => `a-group-with-a-long-name-${number}`);
const people = {
  olena: { name: "Olena Koval", ...mail("olena"), groups: ["desk"] },
  taras: { name: "Taras Melnyk", ...mail("taras"), groups: ["chiefs"] },
  guest: { name: "A guest", ...mail("guest"), groups: [] },
  many: { name: "Of many groups", ...mail("many"), groups: ["desk", ...crowd] },
};
const { privateKey } = await generateKeyPair("RS256", { extractable: true });
const key = { ...(await exportJWK(privateKey)), use: "sig", kid: "tests", alg: "RS256" };
const keys = [key];
let asked = 0;
let signing = { privateKey, kid: "tests" };
const own = new Map(); // subject -> the provider's names of its sessions with the dashboard

const provider = new Provider(`http://127.0.0.1:${port}`, {
  jwks: { keys: [key] },
  clients: [{
    client_id: "impact",
    client_secret: secret,
    redirect_uris: [`${app}/sign-in/back`],
    post_logout_redirect_uris: [`${app}/`],
    backchannel_logout_uri: `${app}/sign-in/ended`,
    backchannel_logout_session_required: true,
  }],
  conformIdTokenClaims: false,
  claims: { openid: ["sub"], profile: ["name", "groups"], email: ["email", "email_verified"] },
  cookies: { keys: ["for tests alone"] },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => { ctx.body = form; },
    },
  },
  findAccount: (_ctx, sub) =>
    people[sub] && { accountId: sub, claims: () => ({ sub, ...people[sub] }) },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  // As it comes, oidc-provider speaks to no loopback address; here there is nothing else.
  fetch: (url, { dispatcher: _, ...options }) => fetch(url, options),
  pkce: { required: () => true },
});
provider.on("authorization.success", (ctx) => {
  const { Session: session } = ctx.oidc.entities;
  own.set(session.accountId, session.sidFor("impact"));
});

async function interact(request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === "login") {
    const accountId = /test_person=(\w+)/.exec(request.headers.cookie ?? "")?.[1] ?? "olena";
    await provider.interactionFinished(request, response, { login: { accountId } });
    return;
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope("openid email profile");
  const consent = { grantId: await grant.save() };
  await provider.interactionFinished(request, response, { consent });
}

async function body(request) {
  let text = "";
  for await (const piece of request) text += piece;
  return text;
}

const answer = provider.callback();
const ours = {
  "/sign": async (_url, request) =>
    new SignJWT(JSON.parse(await body(request)))
      .setProtectedHeader({ alg: "RS256", kid: signing.kid, typ: "logout+jwt" })
      .sign(signing.privateKey),
  "/rotate": async () => {
    const made = await generateKeyPair("RS256", { extractable: true });
    signing = { privateKey: made.privateKey, kid: `tests-${keys.length}` };
    keys.push({ ...(await exportJWK(made.publicKey)), use: "sig", kid: signing.kid, alg: "RS256" });
    return "rotated";
  },
  "/asked": async () => String(asked),
  "/jwks": async (_url, _request, response) => {
    asked += 1;
    response.setHeader("Content-Type", "application/jwk-set+json");
    return JSON.stringify({ keys: keys.map(({ d, p, q, dp, dq, qi, ...open }) => open) });
  },
  "/leave": async (url) => {
    const sub = url.searchParams.get("sub");
    const client = await provider.Client.find("impact");
    await client.backchannelLogout(sub, own.get(sub));
    return "left";
  },
};
createServer(async (request, response) => {
  const url = new URL(request.url, `http://127.0.0.1:${port}`);
  try {
    if (url.pathname.startsWith("/interaction/")) await interact(request, response);
    else if (ours[url.pathname]) response.end(await ours[url.pathname](url, request, response));
    else await answer(request, response);
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
