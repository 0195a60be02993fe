import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { type Page, api } from '../../api/index.ts'
import { useFormat } from '../../ui/format.ts'
import { resolveCode } from '../data/resolve.ts'
import type { Product, Task } from '../data/types.ts'
import { tell } from '../feedback.ts'
import { go } from '../path.ts'
import { useScans } from '../scan/scanner.ts'
import { refreshIfOld, today, useWarehouseState } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { ScanField } from '../ui/scan-field.tsx'
import { Screen } from '../ui/screen.tsx'
import classes from '../ui/w.module.css'

type Of = 'receipts' | 'picks'
const pathOf = { receipts: '/receive', picks: '/pick' } as const

export function Receipts() {
  const { t } = useLingui()
  return <Tasks of="receipts" title={t`Scan the order or one of its goods`} />
}

export function Picks() {
  const { t } = useLingui()
  return <Tasks of="picks" title={t`Choose what to pick`} />
}

/** Open orders, the oldest first; a product leaves those that want it. */
function Tasks({ of, title }: { readonly of: Of; readonly title: string }) {
  const { t } = useLingui()
  const { copies } = useWarehouseState()
  const [product, setProduct] = useState<Product | null>(null)
  useEffect(refreshIfOld, [])
  const tasks = copies?.[of] ?? []
  const wanting = (id: string): Task[] =>
    tasks.filter(({ lines }) => lines.some((line) => line.productId === id && line.open !== '0'))
  useScans(async (scan) => {
    const read = await resolveCode(scan.code)
    if (read.kind === 'order' && read.of === of) return go(`${pathOf[of]}/${read.task.id}`)
    if (read.kind === 'product') {
      const { sku } = read.product
      const found = wanting(read.product.id)
      setProduct(read.product)
      if (found.length === 0) return tell('error', t`No open order wants ${sku}`)
      return tell('done', t`Orders that want ${sku}: ${found.length}`)
    }
    const code = scan.code.trim()
    const other = await orderByNumber(of, code).catch(() => null)
    if (other !== null) return go(`${pathOf[of]}/${other}`)
    tell('error', t`Not known here: ${code}`)
  })
  const shown = (product === null ? tasks : wanting(product.id)).toSorted(oldestFirst)
  return (
    <Screen title={title} back="/">
      <ScanField label={t`Order or product`} />
      {product !== null && (
        <div className={classes.between}>
          <span className={classes.strong}>
            {product.sku} · {product.name}
          </span>
          <Button onClick={() => setProduct(null)}>
            <Trans>Show all</Trans>
          </Button>
        </div>
      )}
      {shown.length === 0 && (
        <p className={classes.quiet}>
          {product !== null ? (
            <Trans>No open order wants this product.</Trans>
          ) : of === 'receipts' ? (
            <Trans>Nothing is expected here. Confirmed purchase orders show up by themselves.</Trans>
          ) : (
            <Trans>Nothing is to be picked here. Confirmed sales orders show up by themselves.</Trans>
          )}
        </p>
      )}
      <ul className={classes.list}>
        {shown.map((task) => (
          <TaskRow key={task.id} task={task} path={`${pathOf[of]}/${task.id}`} />
        ))}
      </ul>
      {copies !== null && product === null && copies.open[of] > tasks.length && (
        <p className={classes.quiet}>
          <Trans>The most urgent {tasks.length} are shown. Scan the number of any other one.</Trans>
        </p>
      )}
    </Screen>
  )
}

/** An order that is not among the copies; null when there is none to work on. */
async function orderByNumber(of: Of, code: string): Promise<string | null> {
  const query = { number: code.toUpperCase(), state: 'confirmed', limit: 1 }
  const path = of === 'receipts' ? '/purchase-orders' : '/sales-orders'
  const { items } = await api.get<Page<{ id: string }>>(path, query, { anonymous: true })
  return items[0]?.id ?? null
}

function oldestFirst(a: Task, b: Task): number {
  return (a.expected ?? a.date).localeCompare(b.expected ?? b.date) || a.number.localeCompare(b.number)
}

function TaskRow({ task, path }: { readonly task: Task; readonly path: string }) {
  const format = useFormat()
  const open = task.lines.filter((line) => line.open !== '0').length
  const late = task.expected !== null && task.expected < today()
  return (
    <li className={classes.item}>
      <button type="button" className={classes.link} onClick={() => go(path)}>
        <span className={classes.grow}>
          <span className={classes.strong}>{task.number}</span>
          <br />
          <span className={classes.quiet}>{task.party}</span>
        </span>
        <span style={{ textAlign: 'right' }}>
          <Plural value={open} one="# line" other="# lines" />
          <br />
          <span className={classes.quiet}>
            {late && (
              <>
                <Trans>Late</Trans>
                {' · '}
              </>
            )}
            {format.date(task.expected ?? task.date)}
          </span>
        </span>
      </button>
    </li>
  )
}
