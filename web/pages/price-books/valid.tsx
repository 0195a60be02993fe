import { Trans } from '@lingui/react/macro'
import { useFormat } from '../../ui/format.ts'

interface Props {
  readonly from: string | null
  readonly to: string | null
}

/** The days on which a book is valid, in words. */
export function Valid({ from, to }: Props) {
  const format = useFormat()
  const first = from === null ? null : format.date(from)
  const last = to === null ? null : format.date(to)
  if (first !== null && last !== null)
    return (
      <span data-figure>
        {first} – {last}
      </span>
    )
  if (first !== null) return <Trans>from {first}</Trans>
  if (last !== null) return <Trans>until {last}</Trans>
  return <Trans>always</Trans>
}
