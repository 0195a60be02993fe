import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { fold } from '../../../src/kernel/fold.ts'
import { type OneOf, api } from '../../api/index.ts'
import type { Fault } from '../../forms/index.ts'
import { ErrorSummary, RecoveryOffer, SaveFailure, UnsavedWork } from '../../forms/index.ts'
import { useLoadedWhenCalm, useShortcut } from '../../page/index.ts'
import { useRecordForm } from '../../patterns/record/index.ts'
import { isDecimal } from '../../ui/inputs/index.ts'
import { notify } from '../../ui/notify.tsx'
import classes from './counts.module.css'
import { SheetLine } from './sheet-line.tsx'
import { useSheetScans } from './use-sheet-scans.ts'

export type Count = OneOf<'stock-counts'>
export type CountLine = Count['lines'][number]

interface Typed {
  /** By line, in base units; '' takes back what was counted. */
  readonly counted: Readonly<Record<string, string>>
}

type Shown = 'all' | 'open' | 'differ'
/** So many lines are drawn at first, and more when they are asked for. */
const few = 100
const nothing: Typed = { counted: {} }
const loadDialog = () => import('./add-line-dialog.tsx')

interface Props {
  readonly count: Count
  readonly mayWrite: boolean
}

/** The lines of a count; while it is counted each has a field for what lies there. */
export function Sheet({ count, mayWrite }: Props) {
  const { t } = useLingui()
  const [shown, setShown] = useState<Shown>(count.state === 'to-approve' ? 'differ' : 'all')
  const [words, setWords] = useState('')
  const [most, setMost] = useState(few)
  const [adding, setAdding] = useState(false)
  const dialog = useLoadedWhenCalm(loadDialog, adding)
  const table = useRef<HTMLDivElement>(null)
  const check = useCallback(
    ({ counted }: Typed): readonly Fault[] =>
      Object.entries(counted).flatMap(([id, text]) =>
        text === '' || (isDecimal(text) && !text.startsWith('-'))
          ? []
          : [{ field: `counted.${id}`, message: t`Enter what lies there, zero or more` }],
      ),
    [t],
  )
  const form = useRecordForm<Typed>({
    resource: 'stock-counts',
    id: count.id,
    // The last count of a line is what counts: people who count different places do not wait for each other.
    version: null,
    initial: nothing,
    check,
    save: ({ counted }, options) => {
      const lines = Object.entries(counted).map(([lineId, text]) => ({
        lineId,
        counted: text === '' ? null : text,
      }))
      return lines.length === 0
        ? Promise.resolve(count)
        : api.post(`/stock-counts/${count.id}/entries`, { lines }, options)
    },
    done: () => {
      form.set(nothing)
      notify.done(t`What was counted is saved`)
    },
  })
  const typed = form.values.counted
  // What is typed by now: a scan may come before the one before it is drawn.
  const now = useRef(typed)
  useLayoutEffect(() => {
    now.current = typed
  })
  const { set } = form
  const type = (line: CountLine, text: string) => {
    const { [line.id]: _, ...others } = now.current
    now.current = text === (line.counted ?? '') ? others : { ...others, [line.id]: text }
    set({ counted: now.current })
  }
  const unknown = useSheetScans(mayWrite ? count.lines : [], table, (line, added) =>
    type(line, added(now.current[line.id] ?? line.counted ?? '0')),
  )
  useShortcut('save', () => void form.run(), mayWrite)
  const asked = fold(words.trim())
  const fits = (line: CountLine): boolean =>
    (shown === 'all' ||
      (shown === 'open'
        ? line.counted === null
        : line.difference !== null && line.difference !== '0' && line.counted !== null)) &&
    (asked === '' || fold(`${line.location} ${line.sku} ${line.name} ${line.lot ?? ''}`).includes(asked))
  const found = count.lines.filter(fits)
  const changed = Object.keys(typed).length
  const books = count.lines.some((line) => line.onHand !== null)
  const again = count.lines.some((line) => line.firstCounted !== null)
  const lots = count.lines.some((line) => line.lot !== null)
  return (
    <section aria-label={t`Lines`} className={classes.sheet}>
      {mayWrite && (
        <>
          <UnsavedWork unsaved={form.unsaved} save={() => form.run(true)} discard={form.recovery.drop} />
          <RecoveryOffer
            copy={form.recovery.found}
            version={form.version}
            onRestore={form.restore}
            onDiscard={form.recovery.drop}
          />
          <SaveFailure error={form.failure} onRetry={() => void form.run()} />
          <ErrorSummary faults={form.faults} attempt={form.attempt} />
        </>
      )}
      <div className={classes.bar}>
        <SegmentedControl
          size="sm"
          aria-label={t`Which lines`}
          value={shown}
          onChange={(value) => setShown(value as Shown)}
          data={[
            { value: 'all', label: t`All` },
            { value: 'open', label: t`Not counted` },
            ...(count.differenceCount === null ? [] : [{ value: 'differ', label: t`That differ` }]),
          ]}
        />
        <TextInput
          className={classes.find}
          aria-label={t`Find in lines`}
          placeholder={t`Place, product, lot`}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {mayWrite && (
          <>
            <Button variant="default" onClick={() => setAdding(true)}>
              <Trans>Something else lies there</Trans>
            </Button>
            <Button loading={form.busy} disabled={!form.unsaved} onClick={() => void form.run()}>
              <Plural value={changed} _0="Save" one="Save # line" other="Save # lines" />
            </Button>
          </>
        )}
      </div>
      {unknown !== null && (
        <p role="alert" className={classes.unknown}>
          <Trans>No product of these lines has the code {unknown}.</Trans>
        </p>
      )}
      {found.length === 0 ? (
        <p className={classes.none}>
          {shown === 'open' ? <Trans>All lines are counted.</Trans> : <Trans>No lines match.</Trans>}
        </p>
      ) : (
        // A scroll area must be reachable by keyboard.
        <div
          ref={table}
          className={classes.scroll}
          role="region"
          aria-label={t`What is counted`}
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
        >
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t`Location`}</th>
                <th scope="col">{t`Product`}</th>
                {lots && <th scope="col">{t`Lot`}</th>}
                {books && <th scope="col" data-align="right">{t`Expected`}</th>}
                <th scope="col" data-align="right">{t`Counted`}</th>
                {books && <th scope="col" data-align="right">{t`Difference`}</th>}
                {books && <th scope="col" data-align="right">{t`Value`}</th>}
                {again && <th scope="col" data-align="right">{t`First count`}</th>}
                <th scope="col">{t`Counted by`}</th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, most).map((line) => (
                <SheetLine
                  key={line.id}
                  line={line}
                  columns={{ books, again, lots }}
                  typed={typed[line.id]}
                  onType={mayWrite ? type : null}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.length > most && (
        <Button variant="default" w="fit-content" onClick={() => setMost(most + few)}>
          <Plural value={found.length - most} one="Show # more line" other="Show # more lines" />
        </Button>
      )}
      {adding && dialog !== null && <dialog.AddLineDialog count={count} onClose={() => setAdding(false)} />}
    </section>
  )
}
