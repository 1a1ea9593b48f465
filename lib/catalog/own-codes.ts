import type { Level } from '@/lib/event/levels'

export type OwnCode = {
  type: 'account' | 'admin' | 'forwarding' | 'system'
  action: string
  level: Level
  status: 'success' | 'fail'
  /** One sentence for people: what it means that this was recorded. */
  meaning: string
}

/** The event types that Spoor itself records. Each is used by the code that records it. */
export const OWN_CODES = {
  WORKSPACE_CREATED: {
    type: 'admin',
    action: 'created',
    level: 'notice',
    status: 'success',
    meaning: 'A workspace was created.',
  },
  WORKSPACE_RENAMED: {
    type: 'admin',
    action: 'updated',
    level: 'notice',
    status: 'success',
    meaning: 'A workspace was given another name.',
  },
  USER_SIGNED_UP: {
    type: 'account',
    action: 'created',
    level: 'notice',
    status: 'success',
    meaning: 'A person signed up.',
  },
  USER_ADDED: {
    type: 'account',
    action: 'added',
    level: 'notice',
    status: 'success',
    meaning: 'An operator added a person to the workspace.',
  },
  USER_PASSWORD_SET: {
    type: 'account',
    action: 'set',
    level: 'notice',
    status: 'success',
    meaning: 'A person chose their password through a one-time link.',
  },
  USER_LOGGED_IN: {
    type: 'account',
    action: 'signed in',
    level: 'info',
    status: 'success',
    meaning: 'A person signed in.',
  },
  USER_LOGGED_OUT: {
    type: 'account',
    action: 'signed out',
    level: 'info',
    status: 'success',
    meaning: 'A person signed out.',
  },
  USER_AUTH_FAILED_UNKNOWN_USER: {
    type: 'account',
    action: 'invalid sign in',
    level: 'warning',
    status: 'fail',
    meaning: 'A sign-in failed: nobody has this e-mail address.',
  },
  USER_AUTH_FAILED_WRONG_PASSWORD: {
    type: 'account',
    action: 'invalid sign in',
    level: 'warning',
    status: 'fail',
    meaning: 'A sign-in failed: the password was wrong.',
  },
  USER_AUTH_FAILED_LOCKED: {
    type: 'account',
    action: 'invalid sign in',
    level: 'warning',
    status: 'fail',
    meaning: 'A sign-in was refused: too many failures in a short time.',
  },
  USER_AUTH_FAILED_LINK: {
    type: 'account',
    action: 'invalid sign in',
    level: 'warning',
    status: 'fail',
    meaning: 'A sign-in failed: the one-time link was used already or has expired.',
  },
  SESSION_REVOKED: {
    type: 'account',
    action: 'deleted',
    level: 'notice',
    status: 'success',
    meaning: 'A session was ended from the list of sessions.',
  },
  API_TOKEN_ADDED: {
    type: 'admin',
    action: 'added',
    level: 'notice',
    status: 'success',
    meaning: 'An API token was created.',
  },
  API_TOKEN_REVOKED: {
    type: 'admin',
    action: 'deleted',
    level: 'notice',
    status: 'success',
    meaning: 'An API token was revoked.',
  },
  DESTINATION_ADDED: {
    type: 'admin',
    action: 'added',
    level: 'notice',
    status: 'success',
    meaning: 'A forwarding destination was added.',
  },
  DESTINATION_UPDATED: {
    type: 'admin',
    action: 'updated',
    level: 'notice',
    status: 'success',
    meaning: 'A forwarding destination was changed.',
  },
  DESTINATION_REMOVED: {
    type: 'admin',
    action: 'deleted',
    level: 'notice',
    status: 'success',
    meaning: 'A forwarding destination was removed.',
  },
  DESTINATION_PAUSED: {
    type: 'forwarding',
    action: 'paused',
    level: 'notice',
    status: 'success',
    meaning: 'A person paused a destination.',
  },
  DESTINATION_RESUMED: {
    type: 'forwarding',
    action: 'set',
    level: 'notice',
    status: 'success',
    meaning: 'A person resumed a destination.',
  },
  DESTINATION_TESTED: {
    type: 'forwarding',
    action: 'triggered',
    level: 'info',
    status: 'success',
    meaning: 'A person sent a test event to a destination.',
  },
  VIEW_CREATED: {
    type: 'admin',
    action: 'created',
    level: 'info',
    status: 'success',
    meaning: 'A view of the trail was saved.',
  },
  VIEW_UPDATED: {
    type: 'admin',
    action: 'updated',
    level: 'info',
    status: 'success',
    meaning: 'A saved view was renamed, shared or given another filter.',
  },
  VIEW_REMOVED: {
    type: 'admin',
    action: 'deleted',
    level: 'info',
    status: 'success',
    meaning: 'A saved view was removed.',
  },
  VIEW_DEFAULT_SET: {
    type: 'admin',
    action: 'set',
    level: 'info',
    status: 'success',
    meaning: 'The view that the trail opens with was chosen.',
  },
  TRAIL_READ: {
    type: 'system',
    action: 'invoked',
    level: 'info',
    status: 'success',
    meaning: 'An API token read the trail.',
  },
  TRAIL_EXPORT_STARTED: {
    type: 'system',
    action: 'triggered',
    level: 'notice',
    status: 'success',
    meaning: 'An export of the trail began.',
  },
  TRAIL_EXPORTED: {
    type: 'system',
    action: 'executed',
    level: 'notice',
    status: 'success',
    meaning: 'An export of the trail ended.',
  },
} as const satisfies Record<string, OwnCode>

export type OwnCodeName = keyof typeof OWN_CODES
