import { APIError, createAuthMiddleware } from 'better-auth/api'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins'
import { PostgresDialect } from 'kysely'
import { sql, statement } from '../kernel/sql.ts'
import { type Database, inTransaction } from '../kernel/transaction.ts'
import { FailedSignIns, type SignInLimits, accountMark, usualSignInLimits } from './failed-sign-ins.ts'
import { refuseUsedCode } from './used-codes.ts'
import { isPassword, longestPassword, passwordHash, shortestPassword } from './passwords.ts'
import { refuseCommonPassword, refuseEndedPassword, refuseSamePassword, renewHash } from './password-hooks.ts'
import { checkedProfile, noteNewName } from './profile.ts'

export interface AuthOptions {
  /** Connections of the application role. */
  readonly db: Database
  /** Of the installation (see database/secret.ts). */
  readonly secret: string
  /** The address that people use, such as https://stock.example.com; cookies are secure when it is https. */
  readonly baseUrl: string
  /** Other origins whose pages may sign in. The host that was called may always. */
  readonly trustedOrigins?: readonly string[]
  /** Null: passwords may be tried without limit. */
  readonly signInLimits?: SignInLimits | null
  /** Told of what the library warns of. */
  readonly warn?: (message: string) => void
}

/** Signed in for this long after the last day of use; 30 at most (migrations/0012_sign_in.sql). */
const sessionDays = 14

const passwordWasReplaced = statement(
  'password_was_replaced',
  {},
  (p: { userId: string }) => sql`
    update auth."user" set "mustChangePassword" = false, "oneTimePasswordUntil" = null where id = ${p.userId}::uuid`,
)

/** The settings of the sign-in library; a test compares the tables they need with the migrated ones. */
export function authSettings(options: AuthOptions) {
  const limits = options.signInLimits === undefined ? usualSignInLimits : options.signInLimits
  const failed = limits === null ? null : new FailedSignIns(options.db, limits)
  const secure = options.baseUrl.startsWith('https:')
  return {
    appName: 'Zapas',
    baseURL: options.baseUrl,
    basePath: '/api/auth',
    secret: options.secret,
    trustedOrigins: (request) => trustedOrigins(options, request),
    // With a dialect the tables are looked for in their schema, whatever the connection's search path.
    database: {
      dialect: new PostgresDialect({ pool: options.db }),
      type: 'postgres',
      schemaName: 'auth',
      transaction: true,
    },
    emailAndPassword: {
      enabled: true,
      // People are made by an owner; see users/create-user.ts.
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
      revokeSessionsOnPasswordReset: true,
      password: { hash: passwordHash, verify: ({ hash, password }) => isPassword(hash, password) },
    },
    plugins: [twoFactor({ issuer: 'Zapas' })],
    user: {
      additionalFields: {
        mustChangePassword: { type: 'boolean', required: true, defaultValue: false, input: false },
        search: { type: 'string', required: true, defaultValue: '', input: false, returned: false },
      },
    },
    session: { expiresIn: sessionDays * 86_400, updateAge: 86_400, cookieCache: { enabled: false } },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => {
            await refuseEndedPassword(options.db, session.userId)
            await refuseUsedCode(options.db, session.userId, context)
          },
        },
      },
      user: {
        update: {
          before: async (user, context) => {
            const data = checkedProfile(user)
            const person = context?.path === '/update-user' ? context.context.session?.user : undefined
            if (person && typeof data.name === 'string') await noteNewName(options.db, person, data.name)
            return { data }
          },
        },
      },
    },
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        refuseSamePassword(ctx.body)
        await refuseCommonPassword(ctx)
        const email = emailOfSignIn(ctx)
        if (failed === null || email === null) return
        if (await failed.mayTry(email, addressOf(ctx.request))) return
        throw new APIError('TOO_MANY_REQUESTS', {
          code: 'TOO_MANY_FAILED_SIGN_INS',
          message: `Too many wrong passwords for this account. Wait ${failed.minutes} minutes, or ask an owner for a one-time password.`,
        })
      }),
      after: createAuthMiddleware(async (ctx) => {
        const email = emailOfSignIn(ctx)
        if (ctx.context.returned instanceof Error) {
          // Enough to see that one account is tried, and by nothing else to tell whose it is.
          if (email !== null) options.warn?.(`sign-in refused for account ${accountMark(email)}`)
          return
        }
        if (email !== null) {
          await failed?.succeeded(email, addressOf(ctx.request))
          await renewHash(options.db, email, (ctx.body as { password: string }).password)
        }
        if (ctx.path === '/change-password') {
          const { user } = ctx.context.returned as { user: { id: string } }
          await inTransaction(options.db, { companyId: null }, async (tx) => {
            tx.write(passwordWasReplaced, { userId: user.id })
          })
        }
      }),
    },
    // Guessing is counted above and at the server's door; this stops a loop. Second factors and changes of
    // password keep the library's own, stricter limits.
    rateLimit: {
      enabled: limits !== null,
      window: 10,
      max: 1000,
      customRules: { '/sign-in/email': false },
    },
    advanced: {
      // The prefix of the library, __Secure-, would let another host of the same domain set our cookies.
      useSecureCookies: false,
      cookiePrefix: secure ? '__Host-better-auth' : 'better-auth',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure },
      // The server sets this header itself and lets nobody else's through.
      ipAddress: { ipAddressHeaders: ['x-forwarded-for'] },
      // Said, because the library leaves both off under test.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      database: { generateId: 'uuid' },
    },
    telemetry: { enabled: false },
    // What has no use here: other ways to sign in, letters that nobody sends, pages of its own.
    disabledPaths: [
      '/sign-in/social',
      '/link-social',
      '/unlink-account',
      '/refresh-token',
      '/get-access-token',
      '/account-info',
      '/list-accounts',
      '/sign-up/email',
      '/verify-email',
      '/send-verification-email',
      '/change-email',
      '/request-password-reset',
      '/reset-password',
      '/delete-user',
      '/delete-user/callback',
      '/two-factor/send-otp',
      '/two-factor/verify-otp',
      '/error',
    ],
    // A refusal is an answer. A fault is the server's own to answer and to log: the library would print it
    // with the row that it is about.
    onAPIError: { throw: true },
    logger: {
      level: 'warn',
      log: (level, message) => {
        // Wrong passwords are everyday and counted; what the library says of them would fill the log.
        if (!/^(User not found|Invalid password|Password not found)/.test(message)) {
          options.warn?.(`sign-in, ${level}: ${message}`)
        }
      },
    },
  } satisfies BetterAuthOptions
}

/** The sign-in library, ready to use. Makes no connection and sends nothing until it is asked. */
export function createAuth(options: AuthOptions) {
  return betterAuth(authSettings(options))
}
export type Auth = ReturnType<typeof createAuth>

function emailOfSignIn(ctx: { path?: string | undefined; body?: unknown }): string | null {
  if (ctx.path !== '/sign-in/email') return null
  const email = (ctx.body as { email?: unknown } | undefined)?.email
  return typeof email === 'string' ? email : null
}

function addressOf(request: Request | undefined): string {
  return request?.headers.get('x-forwarded-for') ?? ''
}

/** A page of the very host that was called is our own page, whatever name the server is reached by. */
function trustedOrigins(options: AuthOptions, request: Request | undefined): string[] {
  const origins = [...(options.trustedOrigins ?? [])]
  const origin = request?.headers.get('origin')
  if (request && origin && hostOf(origin) === new URL(request.url).host) origins.push(origin)
  return origins
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}
