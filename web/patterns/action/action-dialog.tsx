import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Code, Group, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react'
import type { AnyKind } from '../../../src/kinds.ts'
import { type ActionCall, ApiProblem, type FieldFault, isProblem, refreshData } from '../../api/index.ts'
import { faultWords } from '../../forms/index.ts'
import { useCompany } from '../../session/index.ts'
import { kindWords } from '../../ui/kinds.ts'
import { useReturnFocus } from '../../ui/use-return-focus.ts'
import { documentHref } from '../links.tsx'
import { usePhone } from '../use-screen.ts'
import classes from './action.module.css'
import { useNotice } from './notice.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { useReason } from './reasons.ts'
import { type ActionAnswer, useAction } from './use-action.ts'
import { useUndo } from './use-undo.ts'
import { usePreview } from './use-preview.ts'

interface Props {
  /** A statement or question: 'Deliver SO-2026-0042'. */
  readonly title: ReactNode
  readonly call: ActionCall
  /** The version of the document that the dialog was opened on. */
  readonly ifMatch?: number
  /** Why it cannot be done as it is typed; null: it can. */
  readonly incomplete?: string | null
  /** On the button: 'Deliver 6 lines'. */
  readonly verb: string
  /** On the other button; 'Back' unless given. */
  readonly keep?: string
  /** The action takes something away. */
  readonly danger?: boolean
  /** The API has no preview of it. */
  readonly unpreviewed?: boolean
  /** Nothing is typed in here: the verb has the focus. */
  readonly readOnly?: boolean
  /** Lines are typed in here. */
  readonly wide?: boolean
  /** The kind of what the action answers. */
  readonly answers: AnyKind
  /** Said when it is done, before the number: 'Delivered:'. */
  readonly done: (answer: ActionAnswer) => ReactNode
  readonly onDone?: (answer: ActionAnswer) => void
  /** Given the document as somebody else has made it meanwhile: what was typed is then compared with that. */
  readonly onOvertaken?: (now: object) => void
  readonly onClose: () => void
  /** What stands at a place of the body's `lines`, as people call it. */
  readonly lineName?: (at: number) => string | undefined
  /** Fields; given what the server found wrong in them. */
  readonly children?: (faults: readonly FieldFault[]) => ReactNode
}

/**
 * Shows what an action would change and then does exactly that. Every action that moves stock or money goes
 * through here. A refusal keeps the dialog open with what was typed; the preview is then asked anew, what has
 * changed meanwhile is marked, and the next press is of the document as it is then.
 */
export function ActionDialog(props: Props) {
  const { t, i18n } = useLingui()
  const client = useQueryClient()
  const company = useCompany()
  const notice = useNotice()
  const undoOf = useUndo()
  const reason = useReason()
  const phone = usePhone()
  useReturnFocus()
  const incomplete = props.incomplete ?? null
  const preview = usePreview(incomplete === null && props.unpreviewed !== true ? props.call : null)
  const { busy, refusal, lost, before, run } = useAction(props.call, props.ifMatch, props.onOvertaken)
  // Of a request that got lost nothing is known but that; else what the preview says now is newer than the refusal.
  const refused = lost ? null : preview.error
  const error = refused ?? refusal
  const faults =
    error instanceof ApiProblem
      ? error.errors.map((fault) => ({ ...fault, message: reason(faultWords(fault.message)) }))
      : []
  const blocked = incomplete ?? (refused === null ? null : reason(refused.message))

  const act = async () => {
    if (busy || blocked !== null) return
    const answer = await run(preview.changes)
    if (answer === null) return preview.again()
    props.onClose()
    const label = answer.number ?? i18n._(kindWords[props.answers].one)
    notice(props.done(answer), { label, href: documentHref(props.answers, answer.id) }, undoOf(props, answer))
    props.onDone?.(answer)
    await refreshData(client)
  }
  const keyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    event.stopPropagation()
    void act()
  }
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      size={props.wide === true ? 'min(960px, 100%)' : 'lg'}
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': t`Close` }}
      onKeyDown={keyDown}
      closeOnClickOutside={false}
      classNames={{ body: classes.body }}
    >
      {props.children?.(faults)}
      {error !== null && (
        <Refusal
          error={error}
          faults={faults}
          lineName={props.lineName}
          overtaken={isProblem(refusal, 412)}
          again={lost ? () => void act() : preview.again}
        />
      )}
      {props.unpreviewed !== true && (incomplete === null || preview.changes !== null) && (
        <div
          className={classes.preview}
          data-stale={preview.stale || undefined}
          aria-live="polite"
          aria-busy={preview.stale}
        >
          {preview.error === null && (
            <PreviewPanel changes={preview.changes} before={before} currency={company.currency} />
          )}
          {preview.stale && <StillComputing />}
        </div>
      )}
      <Group justify="flex-end" className={classes.buttons}>
        {incomplete !== null && <span className={classes.incomplete}>{incomplete}</span>}
        <Button variant="default" onClick={props.onClose}>
          {props.keep ?? <Trans>Back</Trans>}
        </Button>
        <Button
          onClick={() => void act()}
          loading={busy}
          aria-disabled={blocked !== null}
          title={blocked ?? undefined}
          aria-keyshortcuts="Control+Enter"
          color={props.danger === true ? 'red.9' : undefined}
          data-refused={blocked !== null || undefined}
          className={classes.verb}
          data-dialog-verb
          {...((props.children === undefined || props.readOnly === true) && { 'data-autofocus': true })}
        >
          {props.verb}
        </Button>
      </Group>
    </Modal>
  )
}

/** Milliseconds after which it is said that an answer takes its time. */
const long = 3000

function StillComputing() {
  const [said, setSaid] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSaid(true), long)
    return () => clearTimeout(timer)
  }, [])
  return said ? (
    <p className={classes.quiet}>
      <Trans>Still computing</Trans>
    </p>
  ) : null
}

interface RefusalProps {
  readonly error: Error
  readonly faults: readonly FieldFault[]
  readonly lineName: ((at: number) => string | undefined) | undefined
  /** Somebody changed the document; the error is that, or what follows from it. */
  readonly overtaken: boolean
  readonly again: () => void
}

function Refusal({ error, faults, lineName, overtaken, again }: RefusalProps) {
  const { t } = useLingui()
  const reason = useReason()
  const problem = error instanceof ApiProblem ? error : null
  // What the server's check says then names fields as programs know them; each is said in words instead.
  const malformed = problem?.status === 400 && faults.length > 0
  const title =
    problem === null
      ? t`The server does not answer`
      : overtaken
        ? t`Somebody changed this meanwhile. What differs is marked below.`
        : t`It cannot be done like this`
  return (
    <Alert color="red" variant="light" role="alert" title={title} my="sm">
      {problem === null ? (
        <Trans>What was asked for is done once, however often it is tried.</Trans>
      ) : (
        problem.status !== 412 && !malformed && reason(error.message)
      )}
      {faults.length > (malformed ? 0 : 1) && (
        <ul className={classes.faults}>
          {faults.map(({ pointer, message }) => {
            const line = lineName?.(Number(/^\/lines\/(\d+)/.exec(pointer)?.[1]))
            return <li key={pointer + message}>{line === undefined ? message : `${line}: ${message}`}</li>
          })}
        </ul>
      )}
      {problem === null ? (
        <Button size="compact-sm" variant="default" mt="xs" onClick={again}>
          <Trans>Try again</Trans>
        </Button>
      ) : (
        <details className={classes.details}>
          <summary>
            <Trans>Details</Trans>
          </summary>
          <Code block>{`${problem.status} ${problem.code}\n${problem.requestId ?? ''}`}</Code>
        </details>
      )}
    </Alert>
  )
}
