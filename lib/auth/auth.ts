import NextAuth, { AuthError, type NextAuthConfig } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { env } from '@/env'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { clientOf } from '@/lib/http/peer-address'
import { type SignIn, signInSchema } from './input'
import { sessionCookie } from './session-cookie'
import { signIn } from './sign-in'

/** Read when it is used: `npm start` provides the secret after modules are loaded. */
function authConfig(): NextAuthConfig {
  const { name, options, isSecure, maxAgeSeconds } = sessionCookie()
  return {
    secret: env.authSecret(),
    trustHost: true,
    useSecureCookies: isSecure,
    cookies: { sessionToken: { name, options } },
    session: { strategy: 'jwt', maxAge: maxAgeSeconds },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    // A refused sign-in is an event of the trail; anything else is thrown on by `openBrowserSession`.
    logger: { error: () => {} },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        // next-auth adds members of its own to what the form sent.
        authorize: async ({ email, password }, request) => {
          const input = parseInput(signInSchema, { email, password })
          const session = await signIn(input, clientOf(request.headers))
          return { id: session.userId, sessionId: session.sessionId }
        },
      }),
    ],
    callbacks: {
      // The session's id and nothing else: what a cookie says of a person may be a month old.
      jwt: ({ token, user }) => (user && 'sessionId' in user ? { sid: user.sessionId } : { sid: token.sid }),
    },
  }
}

const nextAuth = NextAuth(authConfig)

/**
 * Signs in within a server action: checks, opens the session and sets its cookie. The errors are `signIn`'s.
 */
export async function openBrowserSession(input: SignIn): Promise<void> {
  try {
    await nextAuth.signIn('credentials', { ...input, redirect: false })
  } catch (error) {
    throw error instanceof AuthError ? (findCause(error) ?? error) : error
  }
}

/** Takes the session's cookie out of the browser, within a server action; ends nothing else. */
export async function clearBrowserSession(): Promise<void> {
  await nextAuth.signOut({ redirect: false })
}

/** next-auth wraps what `authorize` throws. */
function findCause(error: AuthError): unknown {
  const cause: unknown = error.cause?.err
  return cause instanceof AppError ? cause : undefined
}
