import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Code, Group, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import type { AnyKind } from '../../../src/kinds.ts'
import {
  type ActionCall,
  ApiProblem,
  type FieldFault,
  NetworkFailure,
  type Preview,
  newKey,
  refreshData,
  runAction,
} from '../../api/index.ts'
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
import { noteOwnWrite } from '../document/own-writes.ts'
import { usePreview } from './use-preview.ts'

/** What an action answers, as far as the notice needs it. */
export interface ActionAnswer {
  readonly id: string
  readonly number: string | null
}

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
  /** On the other button; 'Not now' unless given. */
  readonly keep?: string
  /** The action takes something away. */
  readonly danger?: boolean
  /** The API has no preview of it. */
  readonly unpreviewed?: boolean
  /** Lines are typed in here. */
  readonly wide?: boolean
  /** The kind of what the action answers. */
  readonly answers: AnyKind
  /** Said when it is done, before the number: 'Delivered:'. */
  readonly done: (answer: ActionAnswer) => ReactNode
  readonly onDone?: (answer: ActionAnswer) => void
  readonly onClose: () => void
  /** Fields; given what the server found wrong in them. */
  readonly children?: (faults: readonly FieldFault[]) => ReactNode
}

/**
 * Shows what an action would change and then does exactly that. Every action that moves stock or money goes
 * through here. A refusal keeps the dialog open with what was typed; the preview is then asked anew and what
 * has changed meanwhile is marked.
 */
export function ActionDialog(props: Props) {
  const { t, i18n } = useLingui()
  const client = useQueryClient()
  const company = useCompany()
  const notice = useNotice()
  const reason = useReason()
  const phone = usePhone()
  useReturnFocus()
  // Made when the dialog opens: a second click and a repeat after a lost answer are one action.
  const key = useRef(newKey())
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Error | null>(null)
  /** What was shown when the action was refused. */
  const [before, setBefore] = useState<Preview | null>(null)
  const incomplete = props.incomplete ?? null
  const preview = usePreview(incomplete === null && props.unpreviewed !== true ? props.call : null)
  const error = refusal ?? preview.error
  const faults =
    error instanceof ApiProblem
      ? error.errors.map((fault) => ({ ...fault, message: faultWords(fault.message) }))
      : []
  const blocked = incomplete ?? (preview.error === null ? null : reason(preview.error.message))

  const run = async () => {
    if (busy || blocked !== null) return
    setBusy(true)
    setRefusal(null)
    try {
      const answer = (await runAction<object>(props.call, {
        key: key.current,
        ...(props.ifMatch !== undefined && { ifMatch: props.ifMatch }),
      })) as ActionAnswer
      noteOwnWrite()
      props.onClose()
      const label = answer.number ?? i18n._(kindWords[props.answers].one)
      notice(props.done(answer), { label, href: documentHref(props.answers, answer.id) })
      props.onDone?.(answer)
      await refreshData(client)
    } catch (failure) {
      setBusy(false)
      setRefusal(failure as Error)
      setBefore(preview.changes)
      // Whether a lost request was done is not known: its key must stay. A refused one changed nothing.
      if (!(failure instanceof NetworkFailure)) key.current = newKey()
      preview.again()
      await refreshData(client)
    }
  }
  const keyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    event.stopPropagation()
    void run()
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
      {error !== null && <Refusal error={error} again={preview.again} />}
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
        </div>
      )}
      <Group justify="flex-end" className={classes.buttons}>
        {incomplete !== null && <span className={classes.incomplete}>{incomplete}</span>}
        <Button variant="default" onClick={props.onClose}>
          {props.keep ?? <Trans>Not now</Trans>}
        </Button>
        <Button
          onClick={() => void run()}
          loading={busy}
          aria-disabled={blocked !== null}
          title={blocked ?? undefined}
          aria-keyshortcuts="Control+Enter"
          color={props.danger === true ? 'red.9' : undefined}
          data-refused={blocked !== null || undefined}
          className={classes.verb}
          data-dialog-verb
          {...(props.children === undefined && { 'data-autofocus': true })}
        >
          {props.verb}
        </Button>
      </Group>
    </Modal>
  )
}

function Refusal({ error, again }: { readonly error: Error; readonly again: () => void }) {
  const { t } = useLingui()
  const reason = useReason()
  const problem = error instanceof ApiProblem ? error : null
  const title =
    problem === null
      ? t`The server does not answer`
      : problem.status === 412
        ? t`Somebody changed this meanwhile. What differs is marked below.`
        : t`It cannot be done like this`
  return (
    <Alert color="red" variant="light" role="alert" title={title} my="sm">
      {reason(error.message)}
      {problem !== null && problem.errors.length > 1 && (
        <ul className={classes.faults}>
          {problem.errors.map((fault) => (
            <li key={fault.pointer + fault.message}>
              {fault.pointer}: {fault.message}
            </li>
          ))}
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
