import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { useFormat } from '../ui/format.ts'
import { Accept } from './accept.tsx'
import { less } from './amounts.ts'
import type { Link, Portal, PortalDocument } from './ask.ts'
import { BankTransfer } from './bank.tsx'
import { Disputes } from './disputes.tsx'
import { PayBox } from './pay.tsx'

const titles: Readonly<Record<PortalDocument['kind'], MessageDescriptor>> = {
  'sales-order': msg`Your order`,
  'delivery-note': msg`Delivery note`,
  'sales-return': msg`Return`,
  invoice: msg`Invoice`,
  'credit-note': msg`Credit note`,
}
const quotation = msg`Quotation`

const statuses: Readonly<Record<string, MessageDescriptor>> = {
  paid: msg`Paid`,
  open: msg`To pay`,
  partial: msg`Partly paid`,
  overdue: msg`Overdue`,
  redeemed: msg`Settled`,
}
const deliveries: Readonly<Record<string, MessageDescriptor>> = {
  none: msg`Not delivered yet`,
  partial: msg`Partly delivered`,
  full: msg`Delivered`,
}

interface Props {
  readonly link: Link
  readonly id: string
  readonly pay: Portal['pay']
  readonly today: string
  /** Read anew when this goes up. */
  readonly reads: number
}

/** A document as a customer may see it, what is to pay of it on top, and what he may answer. */
export function DocumentPage({ link, id, pay, today, reads }: Props) {
  const { i18n } = useLingui()
  const [document, setDocument] = useState<PortalDocument | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    let here = true
    link
      .get<PortalDocument>(`/documents/${id}`)
      .then((found) => here && setDocument(found))
      .catch((error: Error) => here && setFailure(error.message))
    return () => {
      here = false
    }
  }, [link, id, reads])
  if (failure !== null) return <p role="alert">{failure}</p>
  if (document === null) return <div aria-busy className="waiting" />
  const draft = document.kind === 'sales-order' && document.state === 'draft'
  const title = i18n._(draft ? quotation : titles[document.kind])
  const open = document.kind === 'invoice' && Number(document.openAmount) > 0
  return (
    <>
      <title>{`${title} ${document.number ?? ''}`}</title>
      <h1 data-page-title>
        {title} {document.number}
      </h1>
      <Summary document={document} today={today} />
      {open && (
        <PayBox
          link={link}
          ways={pay}
          currency={document.currency!}
          items={[{ id: document.id, number: document.number!, openAmount: document.openAmount! }]}
        />
      )}
      {open && (
        <BankTransfer link={link} id={id} amount={document.openAmount!} currency={document.currency!} />
      )}
      {document.kind === 'sales-order' && <Accept link={link} document={document} onChange={setDocument} />}
      <p>
        <a className="button" href={link.address(`/documents/${id}/pdf`)} target="_blank" rel="noreferrer">
          <Trans>Open as PDF</Trans>
        </a>
      </p>
      <Lines document={document} />
      <Disputes link={link} document={document} onChange={setDocument} />
    </>
  )
}

function Summary({ document, today }: { readonly document: PortalDocument; readonly today: string }) {
  const { i18n } = useLingui()
  const format = useFormat()
  const { kind, status, currency, gross, openAmount, dueDate, expectedDate } = document
  const words = status === null ? undefined : (kind === 'sales-order' ? deliveries : statuses)[status]
  const late = dueDate !== null && dueDate < today && Number(openAmount) > 0
  return (
    <section className="summary">
      {words !== undefined && (
        <p className="status" data-status={status} role="status">
          {i18n._(words)}
        </p>
      )}
      {currency !== null && (
        <p className="amount figure">
          {format.money((kind === 'invoice' ? openAmount : gross) ?? '0', currency, 'currency')}
        </p>
      )}
      <dl>
        <div>
          <dt>
            <Trans>Date</Trans>
          </dt>
          <dd>{format.date(document.date)}</dd>
        </div>
        {dueDate !== null && (
          <div className={late ? 'late' : undefined}>
            <dt>
              <Trans>Pay by</Trans>
            </dt>
            <dd>{format.date(dueDate)}</dd>
          </div>
        )}
        {expectedDate !== null && (
          <div>
            <dt>
              <Trans>Expected on</Trans>
            </dt>
            <dd>{format.date(expectedDate)}</dd>
          </div>
        )}
        {document.reference !== null && (
          <div>
            <dt>
              <Trans>Your reference</Trans>
            </dt>
            <dd>{document.reference}</dd>
          </div>
        )}
      </dl>
    </section>
  )
}

function Lines({ document }: { readonly document: PortalDocument }) {
  const { t } = useLingui()
  const format = useFormat()
  const { currency } = document
  const money = (value: string | null): string =>
    value === null || currency === null ? '' : format.money(value, currency, 'amount')
  return (
    <section>
      <h2>
        <Trans>What it is for</Trans>
      </h2>
      <ul className="lines" aria-label={t`Lines`}>
        {document.lines.map((line) => (
          <li key={line.id}>
            <span>
              {line.description}
              <small>
                {format.quantity(line.quantity, line.unit)}
                {line.unitPrice !== null && ` × ${format.number(line.unitPrice)}`}
                {Number(line.discountPercent) > 0 && ` − ${format.percent(line.discountPercent)}`}
                {line.discount !== null && ` − ${money(line.discount)}`}
              </small>
              {line.delivered !== null && Number(line.delivered) > 0 && (
                <small>
                  <Trans>delivered: {format.quantity(line.delivered, line.unit)}</Trans>
                </small>
              )}
            </span>
            <span className="figure">{money(line.amount)}</span>
          </li>
        ))}
      </ul>
      {currency !== null && (
        <dl className="totals figure">
          {document.discount !== null && <Discount of={document.discount} money={money} />}
          <div>
            <dt>
              <Trans>Net</Trans>
            </dt>
            <dd>{money(document.net)}</dd>
          </div>
          {document.taxes.map((tax) => (
            <div key={tax.name}>
              <dt>{tax.name}</dt>
              <dd>{money(tax.tax)}</dd>
            </div>
          ))}
          <div className="strong">
            <dt>
              <Trans>Total</Trans>
            </dt>
            <dd>{format.money(document.gross ?? '0', currency, 'currency')}</dd>
          </div>
          {Number(document.paid) > 0 && (
            <div>
              <dt>
                <Trans>Settled</Trans>
              </dt>
              <dd>{money(document.paid)}</dd>
            </div>
          )}
        </dl>
      )}
      {document.taxes.map(
        (tax) =>
          tax.exemptionReason !== null && (
            <small key={tax.name}>
              {tax.name}: {tax.exemptionReason}
            </small>
          ),
      )}
      {document.notes !== null && document.notes !== '' && <p className="notes">{document.notes}</p>}
    </section>
  )
}

/** On the whole document, taken off below the lines as it is printed. */
function Discount({
  of,
  money,
}: {
  readonly of: NonNullable<PortalDocument['discount']>
  readonly money: (value: string) => string
}) {
  const format = useFormat()
  return (
    <>
      <div>
        <dt>
          <Trans>Sum of lines</Trans>
        </dt>
        <dd>{money(of.before)}</dd>
      </div>
      <div>
        <dt>
          <Trans>Discount</Trans> {of.percent !== null && format.percent(of.percent)}
        </dt>
        <dd>{money(less(of.amount))}</dd>
      </div>
    </>
  )
}
