import { Plural } from '@lingui/react/macro'
import { Alert, List } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { FaultLink } from './fault-link.tsx'
import type { Fault } from './faults.ts'

interface Props {
  readonly faults: readonly Fault[]
  /** Goes up with each try to save: the summary takes the focus again, also when it says the same. */
  readonly attempt: number
}

/** On top of a form that could not be saved: what to put right, each a way to its field. Takes the focus. */
export function ErrorSummary({ faults, attempt }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const shown = faults.length > 0
  useEffect(() => {
    if (shown && attempt > 0) box.current?.focus()
  }, [shown, attempt])
  if (!shown) return null
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      role="alert"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={<Plural value={faults.length} one="Fix # thing" other="Fix # things" />}
    >
      <List size="sm">
        {faults.map(({ field, message }) => (
          <List.Item key={`${field} ${message}`}>
            {field === '' ? (
              message
            ) : (
              <FaultLink onClick={() => goToField(field)}>
                <Named field={field} message={message} />
              </FaultLink>
            )}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

function find(field: string): HTMLElement | null {
  const name = CSS.escape(field)
  return document.querySelector<HTMLElement>(`#${name}, [name="${name}"], [data-field="${name}"]`)
}

/** What the field is called on the page, without '(optional)' behind it; '' where it has no name. */
function nameOf(field: string): string {
  const found = find(field)
  if (!(found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement)) return ''
  const label = found.labels?.[0]?.textContent ?? ''
  return label.replace(/\s*\([^)]*\)\s*$/, '').trim()
}

/** Away from its field a sentence has to say which one it is about. */
function Named({ field, message }: Fault) {
  // The field stood there before anything was wrong with it.
  const [name] = useState(() => nameOf(field))
  return name === '' || message.toLowerCase().includes(name.toLowerCase()) ? message : `${name}: ${message}`
}

/** Puts the focus into the field with this id or name; a field within a line stands for the line. */
function goToField(field: string): void {
  const found = find(field)
  if (found !== null) {
    found.focus()
    found.scrollIntoView({ block: 'center' })
  } else if (field.includes('.')) goToField(field.slice(0, field.lastIndexOf('.')))
}
