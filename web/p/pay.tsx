import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useFormat } from '../ui/format.ts'
import { type Link, type Opened, type Portal, newKey } from './ask.ts'
import { sumOf, understood } from './amounts.ts'
import { useRefusal } from './refusals.ts'

interface Item {
  readonly id: string
  readonly number: string
  readonly openAmount: string
}

interface Props {
  readonly link: Link
  readonly ways: Portal['pay']
  readonly currency: string
  readonly items: readonly Item[]
  /** Only all of it; of several documents no part is asked for. */
  readonly whole?: boolean
}

/** Paying online what is open, or a part of it. */
export function PayBox({ link, ways, currency, items, whole = false }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const refusal = useRefusal()
  const open = sumOf(items.map((each) => each.openAmount))
  const [part, setPart] = useState<string | null>(null)
  const [key, setKey] = useState(newKey)
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  if (!ways.stripe && !ways.test) return null
  const pay = async (provider: 'stripe' | 'test'): Promise<void> => {
    const amount = part === null ? undefined : understood(part)
    if (amount === null) return setFailure(t`Enter an amount, such as 12.50.`)
    setBusy(true)
    setFailure(null)
    try {
      const documents = items.map(({ id }) => ({ id, ...(amount !== undefined && { amount }) }))
      const { url } = await link.post<Opened>('/payments', { provider, documents }, key)
      location.assign(url)
    } catch (error) {
      setFailure(refusal((error as Error).message))
      setKey(newKey())
      setBusy(false)
    }
  }
  return (
    <section className="box pay" aria-label={t`Pay`}>
      {part === null ? (
        !whole && (
          <button
            type="button"
            className="plain"
            onClick={() => {
              setPart('')
              setKey(newKey())
            }}
          >
            <Trans>Pay a part only</Trans>
          </button>
        )
      ) : (
        <label>
          <Trans>Amount in {currency}</Trans>
          <input
            inputMode="decimal"
            value={part}
            aria-invalid={failure !== null}
            aria-describedby="pay-failure"
            onChange={(event) => {
              setPart(event.currentTarget.value)
              setKey(newKey())
            }}
          />
        </label>
      )}
      <p id="pay-failure" className="failure" role="alert">
        {failure}
      </p>
      {ways.stripe && (
        <button type="button" className="primary" disabled={busy} onClick={() => void pay('stripe')}>
          {part === null ? (
            <Trans>Pay {format.money(open, currency, 'currency')} online</Trans>
          ) : (
            <Trans>Pay this amount online</Trans>
          )}
        </button>
      )}
      {ways.test && (
        <button type="button" className="test" disabled={busy} onClick={() => void pay('test')}>
          <Trans>Test payment, no money moves</Trans>
        </button>
      )}
    </section>
  )
}
