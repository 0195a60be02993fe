import { Trans } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { useFormat } from '../ui/format.ts'
import { type Link, type PaymentState, newKey } from './ask.ts'

interface Props {
  readonly link: Link
  readonly id: string
  readonly onPaid: () => void
  readonly onClose: () => void
}

/** Milliseconds between two looks, while a provider takes its time. */
const between = 2500

/** How a payment stands that the customer has come back from; of the test provider, its page. */
export function Payment({ link, id, onPaid, onClose }: Props) {
  const format = useFormat()
  const [payment, setPayment] = useState<PaymentState | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const state = payment?.state
  const waits =
    payment === null || state === 'processing' || (state === 'open' && payment.provider !== 'test')
  useEffect(() => {
    if (!waits || failure !== null) return
    let here = true
    const look = async () => {
      try {
        const found = await link.get<PaymentState>(`/payments/${id}`)
        if (!here) return
        setPayment(found)
        if (found.state === 'paid') onPaid()
      } catch (error) {
        if (here) setFailure((error as Error).message)
      }
    }
    const timer = setTimeout(() => void look(), payment === null ? 0 : between)
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [link, id, payment, waits, failure, onPaid])
  const choose = async (outcome: 'paid' | 'failed'): Promise<void> => {
    setBusy(true)
    try {
      const found = await link.post<PaymentState>(`/payments/${id}/test`, { outcome }, newKey())
      setPayment(found)
      if (found.state === 'paid') onPaid()
    } catch (error) {
      setFailure((error as Error).message)
    }
    setBusy(false)
  }
  if (failure !== null)
    return (
      <p className="failure" role="alert">
        {failure}
      </p>
    )
  if (payment === null) return null
  const amount = format.money(payment.amount, payment.currency, 'currency')
  if (payment.provider === 'test' && state === 'open') {
    return (
      <section className="box testing">
        <h2>
          <Trans>Test payment, no money moves</Trans>
        </h2>
        <p className="amount figure">{amount}</p>
        <button type="button" className="test" disabled={busy} onClick={() => void choose('paid')}>
          <Trans>Pay as a test</Trans>
        </button>
        <button type="button" disabled={busy} onClick={() => void choose('failed')}>
          <Trans>Let it fail</Trans>
        </button>
        <button type="button" className="plain" onClick={onClose}>
          <Trans>Back without paying</Trans>
        </button>
      </section>
    )
  }
  return (
    <section className="box" role="status">
      {state === 'paid' && (
        <p className="done">
          {payment.provider === 'test' ? (
            <Trans>{amount} paid as a test: no money moved.</Trans>
          ) : (
            <Trans>{amount} paid. Thank you.</Trans>
          )}
        </p>
      )}
      {state === 'processing' && (
        <p>
          <Trans>Your payment of {amount} is on its way. You need not wait for it here.</Trans>
        </p>
      )}
      {(state === 'open' || state === 'starting') && (
        <p>
          <Trans>The payment of {amount} was not completed. Nothing was paid so far.</Trans>
        </p>
      )}
      {(state === 'failed' || state === 'expired') && (
        <p className="failure">
          <Trans>
            The payment of {amount} did not succeed. Nothing was paid; try again or pay another way.
          </Trans>
        </p>
      )}
      <button type="button" className="plain" onClick={onClose}>
        <Trans>Close</Trans>
      </button>
    </section>
  )
}
