import { APIError } from '@better-auth/core/error'
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { genericOAuth, twoFactor } from 'better-auth/plugins'
import type pg from 'pg'
import type { Log } from '../log/log.ts'
import { newIdentifier } from './identifiers.ts'
import { longestPassword, shortestPassword } from './password-rules.ts'
import { hashPassword, verifyPassword } from './passwords.ts'

/** A sign-in service of the region (an eID broker, an identity provider), from `LINDEN_OIDC_*`. */
export interface SignInService {
  issuer: string
  clientId: string
  clientSecret: string
  /** what people call it, on the button */
  name: string
}

export interface EngineParts {
  pool: pg.Pool
  /** scheme, host and port under which people reach the program */
  url: string
  secret: string
  log: Log
  service: SignInService | undefined
  /** opens the account of somebody whom the sign-in service brought for the first time. @returns its id, or the refusal */
  openAccount(person: { name: string; email: string }): Promise<string>
  /** may this account sign in? */
  isOpen(account: string): Promise<boolean>
}

/** Sessions end after a week, whatever happens; `sessions.ts` ends idle ones of staff earlier. */
export const sessionDays = 7
/** How recently a person must have signed in to add a passkey. */
const freshSeconds = 3600
/** How long a password that was right waits for its code. */
export const codeSeconds = 600

/**
 * better-auth as we use it: it checks passwords, codes, passkeys and the answers of the sign-in service, and makes sessions.
 * It is never mounted as a whole: our routes call the few of its functions that we want, so that no other address exists.
 */
export function createEngine(parts: EngineParts) {
  const { url, secret, pool, log, service } = parts
  return betterAuth({
    appName: 'Linden',
    baseURL: url,
    basePath: '/sign-in/engine',
    secret,
    database: pool,
    telemetry: { enabled: false },
    // Ours count across processes and say how long to wait: limits.ts.
    rateLimit: { enabled: false },
    trustedOrigins: [url],
    logger: {
      level: 'warn',
      // Its lines may carry an address or a stack with values; ours hold neither.
      log: (level, words) =>
        level === 'error'
          ? log.error({ part: 'auth' }, withoutAddresses(words))
          : log.warn({ part: 'auth' }, withoutAddresses(words)),
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      // Counted in UTF-16 units here, in characters by our own rule, which is the one that people meet.
      maxPasswordLength: longestPassword * 4,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(password, hash) },
    },
    session: {
      expiresIn: sessionDays * 86_400,
      disableSessionRefresh: true,
      freshAge: freshSeconds,
      cookieCache: { enabled: false },
    },
    account: {
      updateAccountOnSignIn: false,
      storeAccountCookie: false,
      // An address that the service has not verified opens nobody's account. Ours may still be unverified: an invitation
      // has no password before its link was opened, so nobody can lie in wait in it.
      accountLinking: {
        enabled: true,
        trustedProviders: [],
        requireLocalEmailVerified: false,
        allowDifferentEmails: false,
      },
    },
    advanced: {
      cookiePrefix: 'linden',
      useSecureCookies: url.startsWith('https:'),
      // Where somebody signed in from is not needed to show them their devices.
      ipAddress: { disableIpTracking: true },
      // Its own "uuid" refuses version 7 and would put another id in place of ours.
      database: { generateId: () => newIdentifier() },
    },
    databaseHooks: {
      user: {
        create: {
          before: async (user) => {
            if (!user.emailVerified)
              throw new APIError('FORBIDDEN', { code: 'email_not_verified', message: 'the address is not verified' })
            return {
              data: { ...user, id: await parts.openAccount({ name: user.name || user.email, email: user.email }) },
            }
          },
        },
      },
      account: {
        create: {
          // We call nobody in the person's name, so we keep no key to do it.
          before: async (account) => ({
            data: {
              ...account,
              accessToken: null,
              refreshToken: null,
              idToken: null,
              accessTokenExpiresAt: null,
              refreshTokenExpiresAt: null,
            },
          }),
        },
      },
      session: {
        create: {
          before: async (session) => ((await parts.isOpen(session.userId)) ? undefined : false),
        },
      },
    },
    plugins: [
      twoFactor({
        issuer: `Linden (${new URL(url).hostname})`,
        allowPasswordless: true,
        twoFactorCookieMaxAge: codeSeconds,
        // limits.ts locks, and says for how long.
        accountLockout: { enabled: false },
        backupCodeOptions: { amount: 10, length: 10, storeBackupCodes: 'encrypted' },
      }),
      passkey({
        rpID: new URL(url).hostname,
        rpName: 'Linden',
        origin: url,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        advanced: { webAuthnChallengeCookie: 'passkey' },
        authentication: {
          // A passkey stands for both factors only when its holder was recognised, not merely present.
          afterVerification: async ({ verification }) => {
            if (!verification.authenticationInfo.userVerified)
              throw new APIError('UNAUTHORIZED', { code: 'not_verified', message: 'the holder was not recognised' })
          },
        },
      }),
      ...(service ? [signInService(service, url)] : []),
    ],
  })
}

export type Engine = ReturnType<typeof createEngine>

function signInService(service: SignInService, url: string) {
  return genericOAuth({
    config: [
      {
        providerId: 'oidc',
        name: service.name,
        discoveryUrl: `${service.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        clientId: service.clientId,
        clientSecret: service.clientSecret,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
        requireIdTokenVerification: true,
        redirectURI: `${url}/sign-in/oidc/callback`,
        mapProfileToUser: (profile) => ({ emailVerified: profile.email_verified === true }),
      },
    ],
  })
}

function withoutAddresses(words: string): string {
  return words.replaceAll(/\S+@\S+/g, '[address]').slice(0, 500)
}
