import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { NetworkFailure, type Preview, call, newKey } from '../../api/index.ts'
import { useFormat } from '../../ui/format.ts'
import { go } from '../path.ts'
import { useRefusal } from '../refusals.ts'
import { command, useWarehouseState } from '../state.ts'
import type { NewCommand } from '../store/commands.ts'
import { Button } from '../ui/button.tsx'
import { Screen } from '../ui/screen.tsx'
import classes from '../ui/w.module.css'

export type Request = Pick<NewCommand, 'method' | 'path' | 'body' | 'subject'>

interface Props {
  readonly title: string
  /** Verb and object: 'Receive 3 lines'. */
  readonly verb: string
  /** Sent in this order as commands of one task. */
  readonly requests: readonly Request[]
  /** What is asked for the preview; the first request unless given. */
  readonly preview?: Request
  readonly task: string
  readonly scans: NewCommand['scans']
  readonly origin: NewCommand['origin']
  /** What the person should know before: short picks, what is left out. */
  readonly notes?: readonly string[]
  readonly onBack: () => void
  /** Called once the commands are kept on the device. */
  readonly onSent: () => void | Promise<void>
}

type Seen =
  | { readonly kind: 'reading' }
  | { readonly kind: 'away' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'seen'; readonly changes: Preview }

/** What will happen, as the server says it, before it happens. Without a connection it says so and takes it all the same. */
export function Review({
  title,
  verb,
  requests,
  preview,
  task,
  scans,
  origin,
  notes = [],
  onBack,
  onSent,
}: Props) {
  const { t } = useLingui()
  const { online } = useWarehouseState()
  const refusal = useRefusal()
  const [keys] = useState(() => requests.map(() => newKey()))
  const [seen, setSeen] = useState<Seen>({ kind: 'reading' })
  const [busy, setBusy] = useState(false)
  const asked = preview ?? requests[0]!
  useEffect(() => {
    const life = new AbortController()
    const answer: Promise<Seen> = online ? look(asked, life.signal) : Promise.resolve({ kind: 'away' })
    void answer.then((found) => !life.signal.aborted && setSeen(found))
    return () => life.abort()
  }, [online, asked])
  const send = async () => {
    if (busy) return
    setBusy(true)
    let made: number | null = null
    for (const [i, request] of requests.entries()) {
      const { seq } = await command({
        ...request,
        key: keys[i]!,
        task,
        scans,
        origin: i === 0 ? origin : null,
      })
      made ??= seq
    }
    await onSent()
    go(`/sent/${made}`, true)
  }
  return (
    <Screen
      title={title}
      bottom={
        <div className={classes.stack}>
          <Button
            primary
            refused={
              seen.kind === 'refused'
                ? refusal(seen.message)
                : seen.kind === 'reading'
                  ? t`Still computing`
                  : null
            }
            onClick={() => void send()}
          >
            {verb}
          </Button>
          <Button onClick={onBack}>
            <Trans>Back to scanning</Trans>
          </Button>
        </div>
      }
    >
      {notes.map((note) => (
        <p key={note} className={classes.card} data-tone="warn" style={{ margin: 0 }}>
          {note}
        </p>
      ))}
      {seen.kind === 'reading' && (
        <p className={classes.quiet} role="status">
          <Trans>Computing what will change …</Trans>
        </p>
      )}
      {seen.kind === 'away' && (
        <p className={classes.card} data-tone="warn" role="status">
          <Trans>
            No connection, so no preview. It is kept on this device and sent when the connection is back.
          </Trans>
        </p>
      )}
      {seen.kind === 'refused' && (
        <p className={classes.card} data-tone="danger" role="alert">
          {refusal(seen.message)}
        </p>
      )}
      {seen.kind === 'seen' && <Changes changes={seen.changes} />}
    </Screen>
  )
}

async function look(request: Request, signal: AbortSignal): Promise<Seen> {
  const { method, path, body } = request
  try {
    const { changes } = await call<{ readonly changes: Preview }>(method, path, {
      body,
      query: { preview: true },
      signal,
      anonymous: true,
    })
    return { kind: 'seen', changes }
  } catch (error) {
    if (error instanceof NetworkFailure) return { kind: 'away' }
    return { kind: 'refused', message: error instanceof Error ? error.message : String(error) }
  }
}

function Changes({ changes }: { readonly changes: Preview }) {
  const { t } = useLingui()
  const format = useFormat()
  const figures = [
    [t`On hand`, 'onHand'],
    [t`Quarantine`, 'quarantined'],
    [t`Reserved`, 'reserved'],
  ] as const
  return (
    <section className={classes.stack}>
      <h2 className={classes.section}>
        <Trans>Stock</Trans>
      </h2>
      {changes.stock.length === 0 && (
        <p className={classes.quiet}>
          <Trans>No quantity of a warehouse changes.</Trans>
        </p>
      )}
      <ul className={classes.list}>
        {changes.stock.map((row) => (
          <li key={`${row.productId} ${row.warehouseId}`} className={classes.item}>
            <span className={classes.grow}>
              <span className={classes.strong}>{row.sku}</span>
              <br />
              <span className={classes.quiet}>{row.warehouse}</span>
            </span>
            <span>
              {figures
                .filter(([, name]) => row[name].before !== row[name].after)
                .map(([label, name]) => (
                  <span key={name} style={{ display: 'block' }}>
                    {label}{' '}
                    <span className={classes.number}>
                      {format.number(row[name].before)} → {format.number(row[name].after)}
                    </span>
                  </span>
                ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
