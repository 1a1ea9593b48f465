export type CheckCommand = { label: string; words: string; code: string }

/** The commands by which anybody checks this log without asking us, ready to be pasted. */
export function checkCommands(url: string, logUrl: string): CheckCommand[] {
  return [
    {
      label: 'Once: the verifier and the keys',
      words:
        'One file for Node.js 20 or newer, without dependencies. The token needs the scope events:read; owners and admins make one under Tokens. Keep policy.txt, and compare it with that of others.',
      code: [
        `curl -fsSO ${url}/spoor-verify.mjs`,
        'echo "spoor_…" > token.txt && chmod 600 token.txt',
        `curl -fsS -H "Authorization: Bearer $(cat token.txt)" "${url}/api/v1/log/keys?format=policy" -o policy.txt`,
      ].join('\n'),
    },
    {
      label: 'A bundle or a proof that you were given',
      words:
        'Offline: nothing but the file and the keys is needed. Exit code 0 is yes, 1 is no, 2 could not check.',
      code: [
        'node spoor-verify.mjs bundle evidence.jsonl --policy policy.txt',
        'node spoor-verify.mjs proof event.tlog-proof --policy policy.txt',
      ].join('\n'),
    },
    {
      label: 'The whole log, as it is served',
      words: 'Every hash of the tree, from its entries up to the signed root.',
      code: `node spoor-verify.mjs fsck ${logUrl} --policy policy.txt --token-file token.txt`,
    },
    {
      label: 'From now on: that it only grows',
      words:
        'Run it on a machine of yours. It keeps the last checkpoint, and says so if the log ever takes something back.',
      code: `node spoor-verify.mjs watch ${logUrl} --policy policy.txt --token-file token.txt --state spoor.checkpoint`,
    },
  ]
}
