/** Begins a part of a long form. */
export function FormHeading({ children }: { children: string }) {
  return <h2 className="mt-2 -mb-2 border-line border-b pb-1 font-semibold text-base">{children}</h2>
}
