import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { useFormat } from '../ui/format.ts'
import type { Bank, Link } from './ask.ts'

interface Props {
  readonly link: Link
  readonly id: string
  readonly amount: string
  readonly currency: string
}

/** How it is paid by a transfer: a code for the bank's app, and fields to copy. Asked for when it is opened. */
export function BankTransfer({ link, id, amount, currency }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const [bank, setBank] = useState<Bank | null | undefined>(undefined)
  const read = async (): Promise<void> => {
    if (bank !== undefined) return
    const found = await link.get<{ transfer: Bank | null }>(`/documents/${id}/bank`).catch(() => null)
    setBank(found?.transfer ?? null)
  }
  return (
    <details className="box" onToggle={() => void read()}>
      <summary>
        <Trans>Pay by bank transfer</Trans>
      </summary>
      {bank === null && (
        <p>
          <Trans>No bank account is given. Ask for it.</Trans>
        </p>
      )}
      {bank && (
        <>
          {bank.code !== null && <Code code={bank.code} label={t`Code for the app of your bank`} />}
          <dl className="fields">
            <Field label={<Trans>To</Trans>} shown={bank.name} copied={bank.name} />
            <Field label={<Trans>Account</Trans>} shown={bank.account} copied={bank.plainAccount} />
            {bank.bic !== null && <Field label={<Trans>BIC</Trans>} shown={bank.bic} copied={bank.bic} />}
            {bank.bank !== null && <Field label={<Trans>Bank</Trans>} shown={bank.bank} copied={bank.bank} />}
            <Field
              label={<Trans>Amount</Trans>}
              shown={format.money(amount, currency, 'currency')}
              copied={format.money(amount, currency, 'amount')}
            />
            <Field label={<Trans>Title</Trans>} shown={bank.title} copied={bank.title} />
          </dl>
        </>
      )}
    </details>
  )
}

function Field({
  label,
  shown,
  copied,
}: {
  readonly label: ReactNode
  readonly shown: string
  readonly copied: string
}) {
  const [done, setDone] = useState(false)
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span className="figure">{shown}</span>
        <button
          type="button"
          onClick={() => {
            void navigator.clipboard?.writeText(copied).then(() => setDone(true))
          }}
        >
          <span aria-live="polite">{done ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}</span>
          <span className="unseen">{shown}</span>
        </button>
      </dd>
    </div>
  )
}

/** Always dark on white, with a quiet zone: a camera reads nothing else. */
function Code({
  code,
  label,
}: {
  readonly code: readonly (readonly (readonly number[])[])[]
  readonly label: string
}) {
  const path = code
    .flatMap((row, y) => row.map(([start = 0, length = 0]) => `M${start} ${y}h${length}v1h-${length}z`))
    .join('')
  return (
    <svg className="code" viewBox={`0 0 ${code.length} ${code.length}`} role="img" aria-label={label}>
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}
