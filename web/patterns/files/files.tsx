import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Checkbox, FileButton, Group, Loader } from '@mantine/core'
import { IconPaperclip, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type DragEvent, Suspense, lazy, useEffect, useState } from 'react'
import { api, newKey, upload } from '../../api/index.ts'
import { useFormat } from '../../ui/format.ts'
import classes from './files.module.css'
import { type AttachedFile, filesQuery } from './files-query.ts'

/** What shows pictures and pages comes when a file is looked at. */
const Preview = lazy(() => import('./file-preview.tsx'))

interface Props {
  /** Of what they belong to, in the API: `/invoices/…`. */
  readonly place: string
  readonly mayWrite: boolean
  /** False for products and parties, which are not sent. */
  readonly sent?: boolean
}

/** The files of a document, a product or a party: dropped, pasted, chosen or photographed. */
export function Files({ place, mayWrite, sent = false }: Props) {
  const { t } = useLingui()
  const { data, error } = useQuery(filesQuery(place))
  const [shown, setShown] = useState<AttachedFile | null>(null)
  const [over, setOver] = useState(false)
  const { add, change, remove, busy, problem } = useFiles(place)
  usePastedFiles(mayWrite, add)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (mayWrite) add([...event.dataTransfer.files])
  }
  const files = data?.items ?? []
  return (
    // To drop is one way of several: the buttons within do the same.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className={classes.files}
      aria-labelledby="files-title"
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!mayWrite || !event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h2 id="files-title" className={classes.title}>
        <Trans>Files</Trans>
        {files.length > 0 && ` (${files.length})`}
      </h2>
      {error !== null && <p role="alert">{error.message}</p>}
      {problem !== null && (
        <Alert color="red" role="alert">
          {problem.message}
        </Alert>
      )}
      <ul className={classes.list}>
        {files.map((file) => (
          <FileLine
            key={file.id}
            file={file}
            sent={sent}
            mayWrite={mayWrite && !busy}
            onShow={() => setShown(file)}
            onSend={(sendWithDocument) => change(file, sendWithDocument)}
            onRemove={() => remove(file)}
          />
        ))}
      </ul>
      {mayWrite && (
        <Group gap="xs">
          <FileButton multiple onChange={(chosen) => add(chosen)}>
            {(props) => (
              <Button
                {...props}
                variant="default"
                size="compact-md"
                disabled={busy}
                leftSection={busy ? <Loader size={14} /> : <IconPaperclip size={16} aria-hidden />}
              >
                <Trans>Attach files</Trans>
              </Button>
            )}
          </FileButton>
          <span className={classes.camera}>
            <FileButton
              accept="image/*"
              capture="environment"
              onChange={(photo) => photo !== null && add([photo])}
            >
              {(props) => (
                <Button {...props} variant="default" size="compact-md" disabled={busy}>
                  <Trans>Take a photo</Trans>
                </Button>
              )}
            </FileButton>
          </span>
          <span className={classes.hint}>
            <Trans>or drop or paste them here; 10 MiB each</Trans>
          </span>
        </Group>
      )}
      {!mayWrite && files.length === 0 && data !== undefined && (
        <p className={classes.hint}>
          <Trans>No files.</Trans>
        </p>
      )}
      {shown !== null && (
        <Suspense fallback={<Loader size={16} aria-label={t`Loading`} />}>
          <Preview place={place} file={shown} onClose={() => setShown(null)} />
        </Suspense>
      )}
    </section>
  )
}

interface LineProps {
  readonly file: AttachedFile
  readonly sent: boolean
  readonly mayWrite: boolean
  readonly onShow: () => void
  readonly onSend: (sendWithDocument: boolean) => void
  readonly onRemove: () => void
}

function FileLine({ file, sent, mayWrite, onShow, onSend, onRemove }: LineProps) {
  const { t } = useLingui()
  const format = useFormat()
  const { name, createdBy } = file
  const kilobytes = format.number(String(Math.max(1, Math.round(file.bytes / 1024))))
  return (
    <li className={classes.file}>
      <button type="button" className={classes.name} onClick={onShow}>
        {name}
      </button>
      <span className={classes.hint}>
        {t`${kilobytes} KiB`} · {createdBy} · {format.moment(file.createdAt)}
      </span>
      {(sent || mayWrite) && (
        <span className={classes.row}>
          {sent && (
            <Checkbox
              size="xs"
              label={t`Send with the document`}
              aria-label={t`Send ${name} with the document`}
              checked={file.sendWithDocument}
              disabled={!mayWrite}
              onChange={(event) => onSend(event.currentTarget.checked)}
            />
          )}
          {mayWrite && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="red.9"
              leftSection={<IconTrash size={14} aria-hidden />}
              aria-label={t`Delete ${name}`}
              onClick={onRemove}
            >
              <Trans>Delete</Trans>
            </Button>
          )}
        </span>
      )}
    </li>
  )
}

type Task =
  | { readonly add: readonly File[] }
  | { readonly change: AttachedFile; readonly sendWithDocument: boolean }
  | { readonly remove: AttachedFile }

function useFiles(place: string) {
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (task: Task) => {
      if ('remove' in task) return api.delete(`${place}/files/${task.remove.id}`)
      if ('change' in task) {
        const { id, version } = task.change
        const { sendWithDocument } = task
        return api.patch(`${place}/files/${id}`, { sendWithDocument }, { ifMatch: version })
      }
      // One after the other: what was attached before one fails stays.
      for (const file of task.add)
        await upload('POST', `${place}/files`, file, { query: { name: file.name }, key: newKey() })
      return null
    },
    onSettled: () => client.invalidateQueries({ queryKey: filesQuery(place).queryKey }),
  })
  return {
    add: (files: readonly File[]) => files.length > 0 && mutate({ add: files }),
    change: (file: AttachedFile, sendWithDocument: boolean) => mutate({ change: file, sendWithDocument }),
    remove: (file: AttachedFile) => mutate({ remove: file }),
    busy: isPending,
    problem: error,
  }
}

/** Files that are pasted anywhere but into a field. */
function usePastedFiles(listens: boolean, add: (files: readonly File[]) => void): void {
  useEffect(() => {
    if (!listens) return undefined
    const paste = (event: ClipboardEvent) => {
      const field = event.target as HTMLElement | null
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0 || field?.closest('input, textarea, [contenteditable], [role="grid"]')) return
      event.preventDefault()
      add(files)
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  })
}
