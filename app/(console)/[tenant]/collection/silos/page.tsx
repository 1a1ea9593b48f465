import { redirect } from 'next/navigation'

type Props = { params: Promise<{ tenant: string }> }

/** Silos are what the section opens with. */
export default async function SilosPage({ params }: Props) {
  redirect(`/${(await params).tenant}/collection`)
}
