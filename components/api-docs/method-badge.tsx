/** The method of an operation: reading is quiet, writing stands out. */
export function MethodBadge({ method }: { method: string }) {
  const style = method === 'GET' ? 'border border-rim text-quiet' : 'bg-accent text-on-accent'
  return <span className={`literal rounded-sm px-1.5 font-medium ${style}`}>{method}</span>
}
