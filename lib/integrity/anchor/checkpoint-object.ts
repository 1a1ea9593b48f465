/**
 * A checkpoint as an object of a bucket: `checkpoints/<size>.txt`. Whoever holds one that we can't take back finds
 * out every rewrite of what came before it.
 */
export function checkpointObject(note: string): { key: string; body: string } {
  const [, size] = note.split('\n', 2)
  return { key: `checkpoints/${size}.txt`, body: note }
}
