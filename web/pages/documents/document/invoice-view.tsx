import { msg } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { decimal } from '../../../../src/kernel/decimal.ts'
import { type InvoiceKind, describeInvoice } from '../../../../src/kinds.ts'
import type { OneOf } from '../../../api/index.ts'
import type { DocumentView, LineTable, Meter, TotalRow } from '../../../patterns/index.ts'
import { useFormat } from '../../../ui/format.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { DueCell } from '../lists/cells.tsx'
import { words } from '../lists/words.ts'
import { MatchTable } from './match-table.tsx'
import {
  Amount,
  Price,
  DateText,
  Percent,
  Quantity,
  QuietQuantity,
  Taxes,
  productColumn,
  totalRows,
} from './parts.tsx'

type Invoice = OneOf<'invoices'>
type Line = Invoice['lines'][number]

export function invoiceView(kind: InvoiceKind, invoice: Invoice, companyCurrency: string): DocumentView {
  const { role, side } = describeInvoice(kind)
  const claim = role === 'claim'
  const posted = invoice.state === 'posted'
  return {
    kind,
    id: invoice.id,
    number: invoice.number,
    state: invoice.state,
    version: invoice.version,
    party: { id: invoice.partyId, name: invoice.party.name },
    date: invoice.date,
    total: { amount: invoice.totals.gross, currency: invoice.currency },
    badges: [
      ...(invoice.paymentStatus === null
        ? []
        : [
            <StatusBadge
              key="payment"
              dimension={claim ? 'payment' : 'credit'}
              value={invoice.paymentStatus}
            />,
          ]),
      ...(invoice.match === null || invoice.state === 'cancelled'
        ? []
        : [<StatusBadge key="match" dimension="match" value={invoice.match.status} />]),
    ],
    meters: posted ? [settled(invoice, claim)] : [],
    facts: [
      { label: msg`Sale date`, value: invoice.saleDate && <DateText value={invoice.saleDate} /> },
      {
        label: words.due,
        value: claim ? <DueCell value={invoice.dueDate} open={invoice.paymentStatus === 'overdue'} /> : null,
      },
      { label: side === 'vendor' ? msg`Vendor's number` : words.reference, value: invoice.reference },
      { label: words.reason, value: invoice.reason },
      {
        label: msg`Discount`,
        value: decimal(invoice.discountPercent).gt('0') ? <Percent value={invoice.discountPercent} /> : null,
      },
      {
        label: msg`Exchange rate`,
        value: decimal(invoice.exchangeRate).eq('1') ? null : <Quantity value={invoice.exchangeRate} />,
      },
      {
        label: msg`In company currency`,
        value: decimal(invoice.exchangeRate).eq('1') ? null : (
          <Amount value={invoice.baseGross} currency={companyCurrency} />
        ),
      },
      {
        label: msg`Exchange difference`,
        value: decimal(invoice.exchangeDifference).eq('0') ? null : (
          <Amount value={invoice.exchangeDifference} currency={companyCurrency} />
        ),
      },
      {
        label: msg`Price variance`,
        value:
          invoice.priceVariance === null ? null : (
            <Amount value={invoice.priceVariance} currency={companyCurrency} />
          ),
      },
      { label: msg`Prices`, value: invoice.pricesIncludeTax ? <Trans>include tax</Trans> : null },
    ],
    lines: lineTable(kind, invoice) as unknown as LineTable<never>,
    totals: [...totalRows(invoice), ...(posted ? settlementRows(invoice, claim) : [])],
    extra: kind === 'bill' && invoice.match !== null ? <MatchTable bill={invoice} /> : undefined,
    notes: invoice.notes,
  }
}

function settled(invoice: Invoice, claim: boolean): Meter {
  const gross = Number(invoice.totals.gross)
  const full = invoice.paymentStatus === 'paid' || invoice.paymentStatus === 'redeemed'
  return {
    id: 'settled',
    text: <SettledText invoice={invoice} claim={claim} />,
    done: gross <= 0 ? 1 : Number(invoice.settledAmount) / gross,
    tone: full
      ? 'done'
      : invoice.paymentStatus === 'overdue'
        ? 'danger'
        : invoice.paymentStatus === 'partial'
          ? 'warn'
          : 'info',
    explained: 'open',
  }
}

function SettledText({ invoice, claim }: { readonly invoice: Invoice; readonly claim: boolean }) {
  const format = useFormat()
  const done = format.money(invoice.settledAmount, invoice.currency)
  const all = format.money(invoice.totals.gross, invoice.currency)
  if (!claim) {
    return (
      <Trans>
        Redeemed {done} of {all}
      </Trans>
    )
  }
  // What credits settled was not paid.
  return decimal(invoice.settledAmount).eq(invoice.paidAmount) ? (
    <Trans>
      Paid {done} of {all}
    </Trans>
  ) : (
    <Trans>
      Settled {done} of {all}
    </Trans>
  )
}

function settlementRows(invoice: Invoice, claim: boolean): TotalRow[] {
  const { currency } = invoice
  const rows: TotalRow[] = []
  const paid = decimal(invoice.paidAmount)
  const credited = decimal(invoice.settledAmount).minus(paid)
  if (claim) {
    rows.push({
      id: 'paid',
      label: <Trans>Paid</Trans>,
      amount: invoice.paidAmount,
      currency,
      explained: 'paid',
    })
    if (credited.gt('0'))
      rows.push({
        id: 'credited',
        label: <Trans>Settled by credits</Trans>,
        amount: credited.toFixed(),
        currency,
        explained: 'open',
      })
  }
  rows.push({
    id: 'open',
    label: claim ? <Trans>To pay</Trans> : <Trans>Left to redeem</Trans>,
    amount: invoice.openAmount,
    currency,
    strong: true,
    explained: 'open',
  })
  return rows
}

function lineTable(kind: InvoiceKind, invoice: Invoice): LineTable<Line> {
  const { currency } = invoice
  const claim = describeInvoice(kind).role === 'claim'
  const some = (pick: (line: Line) => string) => (line: Line) => decimal(pick(line)).gt('0')
  return {
    lines: invoice.lines,
    idOf: (line) => line.id,
    columns: [
      productColumn(),
      {
        id: 'quantity',
        label: claim ? msg`Quantity` : msg`Credited quantity`,
        align: 'right',
        cell: (line) => (line.type === 'item' ? <Quantity value={line.quantity} unit={line.unit} /> : null),
      },
      {
        id: 'price',
        label: msg`Price`,
        align: 'right',
        cell: (line) => <Price value={line.unitPrice} />,
      },
      {
        id: 'discount',
        label: msg`Discount`,
        align: 'right',
        optional: some((line) => line.discountPercent),
        cell: (line) =>
          decimal(line.discountPercent).gt('0') ? <Percent value={line.discountPercent} /> : null,
      },
      { id: 'tax', label: msg`Tax`, align: 'right', cell: (line) => <Taxes taxes={line.taxes} /> },
      {
        id: 'net',
        label: msg`Net`,
        align: 'right',
        cell: (line) => <Amount value={line.net} currency={currency} />,
      },
      {
        id: 'credited',
        label: msg`Credited`,
        align: 'right',
        optional: (line) => claim && decimal(line.creditedAmount).gt('0'),
        cell: (line) => (
          <>
            <QuietQuantity value={line.credited} />{' '}
            <div>
              <Amount value={line.creditedAmount} currency={currency} />
            </div>
          </>
        ),
      },
    ],
  }
}
