import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox } from '@mantine/core'
import { decimal } from '../../../src/kernel/decimal.ts'
import { PageLink } from '../../patterns/index.ts'
import { StockWhy } from '../../patterns/stock/stock-why.tsx'
import { useFormat } from '../../ui/format.ts'
import { DecimalInput, PartyPicker } from '../../ui/inputs/index.ts'
import table from '../../ui/figure-table.module.css'
import classes from './replenishment.module.css'
import { type Ordering, type Proposal, keyOf } from './use-ordering.ts'
import { WhyProposal } from './why-proposal.tsx'

interface Props {
  readonly rows: readonly Proposal[]
  /** Null: the role may only look. */
  readonly ordering: Ordering | null
}
interface RowProps {
  readonly row: Proposal
  readonly ordering: Ordering
}

export function ProposalTable({ rows, ordering }: Props) {
  const { t } = useLingui()
  return (
    // A scroll area must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={table.scroll} role="region" aria-label={t`Purchase proposals`} tabIndex={0}>
      <table className={table.table}>
        <thead>
          <tr>
            {ordering !== null && (
              <th scope="col">
                <Checkbox
                  size="xs"
                  aria-label={t`All`}
                  checked={rows.every(ordering.isChosen)}
                  indeterminate={rows.some(ordering.isChosen) && !rows.every(ordering.isChosen)}
                  onChange={(event) => ordering.choose(rows, event.currentTarget.checked)}
                />
              </th>
            )}
            <th scope="col">
              <Trans>Product</Trans>
            </th>
            <th scope="col" data-right>
              <Trans>On hand</Trans>
            </th>
            <th scope="col" data-right>
              <Trans>On order</Trans>
            </th>
            <th scope="col" data-right>
              <Trans>Goes out</Trans>
            </th>
            <th scope="col" data-right>
              <Trans>Will be left</Trans>
            </th>
            <th scope="col" data-right>
              <Trans>Minimum – maximum</Trans>
            </th>
            <th scope="col">
              <Trans>Vendor</Trans>
            </th>
            <th scope="col" data-right>
              <Trans>To order</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={keyOf(row)} row={row} ordering={ordering} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ row, ordering }: { readonly row: Proposal; readonly ordering: Ordering | null }) {
  const format = useFormat()
  const onOrder = decimal(row.incoming).plus(decimal(row.drafted)).toFixed()
  return (
    <tr>
      {ordering !== null && (
        <td>
          <Tick row={row} ordering={ordering} />
        </td>
      )}
      <th scope="row" className={classes.product}>
        <PageLink href={`/products/${row.productId}`}>{row.sku}</PageLink>
        <span className={classes.quiet}>{row.name}</span>
        <span className={classes.quiet}>{row.warehouseName}</span>
      </th>
      <td data-right>
        <OnHand row={row} />
      </td>
      <td data-right>{format.number(onOrder)}</td>
      <td data-right>{format.number(goingOut(row))}</td>
      <td data-right>
        <WhyProposal row={row} />
      </td>
      <td data-right>
        {format.number(row.minimum)} – {format.number(row.maximum)}
      </td>
      {ordering === null ? (
        <>
          <td>{row.vendorName ?? '–'}</td>
          <td data-right>{format.quantity(row.quantity, row.unit)}</td>
        </>
      ) : (
        <>
          <td className={classes.vendor}>
            <Vendor row={row} ordering={ordering} />
          </td>
          <td className={classes.quantity}>
            <Quantity row={row} ordering={ordering} />
          </td>
        </>
      )}
    </tr>
  )
}

function OnHand({ row }: { readonly row: Proposal }) {
  const format = useFormat()
  const { productId, warehouseId, sku, warehouseName } = row
  return (
    <StockWhy
      productId={productId}
      warehouseId={warehouseId}
      field="onHand"
      name={`${sku}, ${warehouseName}`}
    >
      {format.number(row.onHand)}
    </StockWhy>
  )
}

/** The same on a phone. */
export function ProposalCards({ rows, ordering }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  return (
    <>
      {ordering !== null && (
        <Checkbox
          label={t`All`}
          checked={rows.every(ordering.isChosen)}
          onChange={(event) => ordering.choose(rows, event.currentTarget.checked)}
        />
      )}
      <ul className={classes.cards}>
        {rows.map((row) => (
          <li key={keyOf(row)}>
            <div className={classes.cardHead}>
              {ordering !== null && <Tick row={row} ordering={ordering} />}
              <div>
                <PageLink href={`/products/${row.productId}`}>{row.sku}</PageLink>
                <span className={classes.quiet}>{row.name}</span>
                <span className={classes.quiet}>{row.warehouseName}</span>
              </div>
            </div>
            <dl className={classes.figures}>
              <div>
                <dt>
                  <Trans>On hand</Trans>
                </dt>
                <dd>
                  <OnHand row={row} />
                </dd>
              </div>
              <div>
                <dt>
                  <Trans>Will be left</Trans>
                </dt>
                <dd>
                  <WhyProposal row={row} />
                </dd>
              </div>
              <div>
                <dt>
                  <Trans>Minimum – maximum</Trans>
                </dt>
                <dd>
                  {format.number(row.minimum)} – {format.number(row.maximum)}
                </dd>
              </div>
            </dl>
            {ordering === null ? (
              <p>
                {row.vendorName ?? '–'}: {format.quantity(row.quantity, row.unit)}
              </p>
            ) : (
              <div className={classes.fields}>
                <Vendor row={row} ordering={ordering} label={t`Vendor`} />
                <Quantity row={row} ordering={ordering} label={t`To order`} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function Tick({ row, ordering }: RowProps) {
  const { t } = useLingui()
  const { sku, warehouseName } = row
  return (
    <Checkbox
      aria-label={t`Order ${sku} for ${warehouseName}`}
      checked={ordering.isChosen(row)}
      onChange={(event) => ordering.choose([row], event.currentTarget.checked)}
    />
  )
}

function Vendor({ row, ordering, label }: RowProps & { readonly label?: string }) {
  const { t } = useLingui()
  const { sku } = row
  return (
    <PartyPicker
      {...({ role: 'vendor' } as const)}
      {...(label === undefined ? { 'aria-label': t`Vendor of ${sku}` } : { label })}
      placeholder={t`Choose a vendor`}
      initialLabel={row.vendorName ?? undefined}
      value={ordering.vendorOf(row)}
      onChange={(vendorId) => ordering.edit(row, { vendorId })}
    />
  )
}

function Quantity({ row, ordering, label }: RowProps & { readonly label?: string }) {
  const { t } = useLingui()
  const { sku } = row
  return (
    <DecimalInput
      {...(label === undefined ? { 'aria-label': t`Quantity of ${sku}` } : { label })}
      unit={row.unit}
      value={ordering.quantityOf(row)}
      onChange={(quantity) => ordering.edit(row, { quantity })}
    />
  )
}

/** The greater of what is ordered and what past sales let expect. */
function goingOut({ demand, outgoing }: Proposal): string {
  return decimal(demand).gt(outgoing) ? demand : outgoing
}
