import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { decimal } from '../../../src/kernel/decimal.ts'
import type { AnyKind } from '../../../src/kinds.ts'
import type { Preview } from '../../api/index.ts'
import { useFormat } from '../../ui/format.ts'
import { kindWords } from '../../ui/kinds.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { dimensionOf } from '../dimensions.ts'
import { useFirstFew } from '../../ui/use-first-few.ts'
import { PageLink } from '../links.tsx'
import classes from './action.module.css'
import { settled } from './settled.ts'
import { shownStatuses } from './shown-statuses.ts'

type Stock = Preview['stock'][number]
type Money = Preview['money'][number]

const levelWords = {
  onHand: msg`On hand`,
  quarantined: msg`In quarantine`,
  reserved: msg`Reserved`,
  incoming: msg`Incoming`,
  outgoing: msg`Outgoing`,
  value: msg`Value`,
} as const satisfies Record<string, MessageDescriptor>
const levelFields = Object.keys(levelWords) as (keyof typeof levelWords)[]

/** Of stock: below what is asked and the documents, no more of it is in sight at first. */
const firstRows = 6

interface Props {
  /** Null while the first answer is on its way. */
  readonly changes: Preview | null
  /** What was shown when the action was refused: rows that differ from it are marked. */
  readonly before: Preview | null
  readonly currency: string
}

/** Documents, stock, money and statuses that an action would change, each as it is and as it would be. */
export function PreviewPanel({ changes, before, currency }: Props) {
  const drawn = useFirstFew(changes?.stock.length ?? 0, firstRows)
  if (changes === null)
    return (
      <div aria-hidden>
        <Skeleton height={14} width="40%" />
        <Skeleton height={14} width="80%" mt={12} />
        <Skeleton height={14} width="65%" mt={12} />
      </div>
    )
  const { documents, stock, money, statuses: all } = settled(changes)
  const statuses = shownStatuses(all)
  const former = before === null ? null : settled(before)
  const formerStatuses = former === null ? undefined : shownStatuses(former.statuses)
  if (documents.length + stock.length + money.length + statuses.length === 0)
    return (
      <p className={classes.quiet}>
        <Trans>Nothing else changes.</Trans>
      </p>
    )
  // What is below zero already and does not sink further is no news.
  const below = stock.filter(
    ({ onHand }) => onHand.after.startsWith('-') && decimal(onHand.after).lt(decimal(onHand.before)),
  )
  return (
    <>
      {below.length > 0 && <BelowZero rows={below} />}
      <Section title={<Trans>Documents</Trans>} rows={documents.length}>
        {documents.map((row) => (
          <Row key={row.id} changed={differs(former?.documents, row, (each) => each.id === row.id)}>
            <DocumentChange kind={row.kind as AnyKind} number={row.number} made={row.change === 'made'} />
          </Row>
        ))}
      </Section>
      <Section title={<Trans>Stock</Trans>} rows={stock.length}>
        {stock.slice(0, drawn).map((row) => (
          <Row
            key={`${row.productId} ${row.warehouseId}`}
            changed={differs(
              former?.stock,
              row,
              (each) => each.productId === row.productId && each.warehouseId === row.warehouseId,
            )}
          >
            <StockChange row={row} currency={currency} />
          </Row>
        ))}
      </Section>
      <Section title={<Trans>Money</Trans>} rows={money.length}>
        {money.map((row) => (
          <Row
            key={`${row.partyId} ${row.currency}`}
            changed={differs(
              former?.money,
              row,
              (each) => each.partyId === row.partyId && each.currency === row.currency,
            )}
          >
            <MoneyChange row={row} />
          </Row>
        ))}
      </Section>
      <Section title={<Trans>Statuses</Trans>} rows={statuses.length}>
        {statuses.map((row) => (
          <Row
            key={`${row.id} ${row.field}`}
            changed={differs(formerStatuses, row, (each) => each.id === row.id && each.field === row.field)}
          >
            <StatusChange {...row} kind={row.kind as AnyKind} />
          </Row>
        ))}
      </Section>
    </>
  )
}

function differs<T>(before: readonly T[] | undefined, row: T, same: (each: T) => boolean): boolean {
  if (before === undefined) return false
  return JSON.stringify(before.find(same)) !== JSON.stringify(row)
}

function Section(props: { readonly title: ReactNode; readonly rows: number; readonly children: ReactNode }) {
  if (props.rows === 0) return null
  return (
    <section className={classes.section}>
      <h3 className={classes.sectionTitle}>{props.title}</h3>
      <ul className={classes.rows}>{props.children}</ul>
    </section>
  )
}

function Row({ changed, children }: { readonly changed: boolean; readonly children: ReactNode }) {
  return (
    <li className={classes.row} data-changed={changed || undefined}>
      {children}
      {changed && (
        <span className={classes.changed}>
          <Trans>changed meanwhile</Trans>
        </span>
      )}
    </li>
  )
}

interface DocumentProps {
  readonly kind: AnyKind
  readonly number: string | null
  readonly made: boolean
}

function DocumentChange({ kind, number, made }: DocumentProps) {
  const { i18n } = useLingui()
  const name = `${i18n._(kindWords[kind].one)} ${number ?? ''}`.trim()
  return made ? (
    <span>
      <Trans>
        <b>{name}</b> is made
      </Trans>
    </span>
  ) : (
    <span>
      <Trans>
        <b>{name}</b> changes
      </Trans>
    </span>
  )
}

/** The warehouse allows it: what would be below zero, by how much, and where to look. */
function BelowZero({ rows }: { readonly rows: readonly Stock[] }) {
  const { t } = useLingui()
  const format = useFormat()
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={t`Stock goes below zero`}
      my="sm"
      data-below-zero
    >
      <ul className={classes.faults}>
        {rows.map((row) => {
          const product = <PageLink href={`/products/${row.productId}`}>{row.sku}</PageLink>
          const warehouse = <PageLink href={`/warehouses/${row.warehouseId}`}>{row.warehouse}</PageLink>
          const [before, after] = [format.number(row.onHand.before), format.number(row.onHand.after)]
          return (
            <li key={`${row.productId} ${row.warehouseId}`}>
              <Trans>
                {product} in {warehouse}: {before} on hand, {after} afterwards. This warehouse allows it.
              </Trans>
            </li>
          )
        })}
      </ul>
    </Alert>
  )
}

function StockChange({ row, currency }: { readonly row: Stock; readonly currency: string }) {
  const { i18n } = useLingui()
  const format = useFormat()
  const changed = levelFields.filter((field) => row[field].before !== row[field].after)
  return (
    <>
      <span>
        <b>{row.sku}</b> <span className={classes.quiet}>{row.warehouse}</span>
      </span>
      <span className={classes.figures}>
        {changed.map((field) => (
          <Change
            key={field}
            label={i18n._(levelWords[field])}
            {...row[field]}
            show={(value) =>
              field === 'value' ? format.money(value, currency, 'currency') : format.number(value)
            }
          />
        ))}
      </span>
    </>
  )
}

function MoneyChange({ row }: { readonly row: Money }) {
  const { t } = useLingui()
  const format = useFormat()
  const show = (value: string) => format.money(value, row.currency, 'currency')
  return (
    <>
      <b>{row.party}</b>
      <span className={classes.figures}>
        {row.receivable.before !== row.receivable.after && (
          <Change label={t`Owes us`} {...row.receivable} show={show} />
        )}
        {row.payable.before !== row.payable.after && (
          <Change label={t`We owe`} {...row.payable} show={show} />
        )}
      </span>
    </>
  )
}

interface ChangeProps {
  readonly label: string
  readonly before: string
  readonly after: string
  readonly show: (value: string) => string
}

function Change({ label, before, after, show }: ChangeProps) {
  const difference = decimal(after).minus(decimal(before))
  const sign = difference.gte('0') ? '+' : ''
  return (
    <span className={classes.change}>
      <span className={classes.quiet}>{label}</span>
      <span data-figure>
        {show(before)} <Arrow /> <b>{show(after)}</b>
        <span className={classes.quiet}> ({sign + show(difference.toFixed())})</span>
      </span>
    </span>
  )
}

function Arrow() {
  const { t } = useLingui()
  return <IconArrowRight size={13} role="img" aria-label={t`becomes`} className={classes.arrow} />
}

interface StatusProps {
  readonly kind: AnyKind
  readonly number: string | null
  readonly field: string
  readonly before: string | null
  readonly after: string | null
}

function StatusChange({ kind, number, field, before, after }: StatusProps) {
  const { i18n } = useLingui()
  return (
    <>
      <span>
        {i18n._(kindWords[kind].one)} {number}
      </span>
      <span>
        {before !== null && (
          <>
            <Status kind={kind} field={field} value={before} /> <Arrow />{' '}
          </>
        )}
        {after !== null && <Status kind={kind} field={field} value={after} />}
      </span>
    </>
  )
}

function Status({ kind, field, value }: { kind: AnyKind; field: string; value: string }) {
  if (field === 'state') return <StatusBadge kind={kind} state={value} />
  const dimension = dimensionOf(kind, field)
  if (dimension === null) return value
  // Of what was returned there is no badge for 'none'.
  if (dimension === 'returned' && value === 'none') return <Trans>nothing returned</Trans>
  return <StatusBadge dimension={dimension} value={value} />
}
