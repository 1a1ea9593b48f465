import { expect, test } from 'vitest'
import { judgeWebhook, readRetryMs } from './judge-answer'

const judge = (status: number, text: string) =>
  judgeWebhook({ status, text, headers: {}, bytes: Buffer.from(text), truncated: false, ms: 1 })

test.each([
  [200, 'ok'],
  [200, ''],
  [204, ''],
  [200, '{"success":true}'],
  [200, '{"ok":true}'],
  [200, '{"id":"1","type":0,"content":"no_service"}'],
  [201, 'created'],
])('%i %s: delivered', (status, text) => expect(judge(status, text).verdict).toBe('delivered'))

test.each([
  [410, ''],
  [410, 'channel_is_archived'],
  [404, 'no_service'],
  [403, 'no_service_id\n'],
  [404, 'no_team'],
  [403, 'team_disabled'],
  [403, 'invalid_token'],
  [200, '{"ok":false,"error":"no_service"}'],
  [404, 'no_active_hooks'],
  [404, '{"message": "Unknown Webhook", "code": 10015}'],
  [401, '{"message": "Invalid Webhook Token", "code": 50027}'],
])('%i %s: will never work again', (status, text) => expect(judge(status, text).verdict).toBe('gone'))

test.each([
  [404, 'channel_not_found', /field Channel/],
  [400, 'user_not_found', /field Channel/],
  [403, 'action_prohibited', /administrator/],
  [403, 'posting_to_general_channel_denied', /another/],
  [500, 'rollup_error', /overloaded/],
  [
    404,
    '{"id":"web.incoming_webhook.channel.app_error","message":"Nein","status_code":404}',
    /field Channel/,
  ],
  [403, '{"id":"web.incoming_webhook.channel_locked.app_error"}', /Leave the field/],
  [501, '{"id":"web.incoming_webhook.disabled.app_error"}', /switched off/],
  [400, '{"id":"web.incoming_webhook.invalid.app_error"}', /Check the URL/],
  [200, '{"success":false,"error":"error-invalid-channel"}', /without taking/],
  [200, '{"ok":false,"error":"channel_not_found"}', /field Channel/],
  [200, '<!DOCTYPE html><title>Sign in</title>', /web page/],
  [301, '', /redirects/],
  [401, '', /sign-in/],
  [403, 'Forbidden', /Check the URL/],
  [403, '<html>no_service</html>', /Check the URL/],
  [404, 'Not Found', /Check/],
  [401, '{"error":"invalid_token","error_description":"The access token expired"}', /sign-in/],
  [404, '"__proto__"', /Check/],
  [408, '', /overloaded/],
  [429, 'rate_limited', /fewer requests/],
  [429, 'no_service', /fewer requests/],
  [500, '', /overloaded/],
  [503, 'upstream', /overloaded/],
])('%i %s: held, with what to do', (status, text, hint) =>
  expect(judge(status, text)).toMatchObject({ verdict: 'failed', hint: expect.stringMatching(hint) }),
)

test.each([
  [400, 'invalid_payload'],
  [400, 'invalid_blocks'],
  [400, 'no_text'],
  [400, 'too_many_attachments'],
  [400, '{"embeds": ["0"]}'],
  [400, ''],
  [413, ''],
  [422, ''],
])('%i %s: the message is refused', (status, text) => expect(judge(status, text).verdict).toBe('refused'))

test.each([
  ['{"message":"You are being rate limited.","retry_after":0.412,"global":false}', 412],
  ['{"retry_after":64}', 64_000],
  ['{"retry_after":1e12}', 86_400_000],
  ['{"retry_after":-1}', undefined],
  ['{"retry_after":"5"}', undefined],
  ['slow down', undefined],
])('%s asks to wait %s ms', (text, ms) => expect(readRetryMs(text)).toBe(ms))
