import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Drawer, NativeSelect, NumberInput } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { callFile, callPrinted, dataKey } from '../../api/index.ts'
import { saveBlob } from '../../ui/save-blob.ts'
import { useReturnFocus } from '../../ui/use-return-focus.ts'
import { usePhone } from '../use-screen.ts'
import { PdfView } from './index.tsx'
import classes from './pdf.module.css'

export interface PdfSheetProps {
  readonly title: string
  /** Of the PDF in the API. */
  readonly path: string
  /** Name under which it is saved. */
  readonly name: string
  /** Templates to choose from, the usual one first. */
  readonly forms?: readonly { readonly value: string; readonly label: string }[]
  /** Labels: how many of them. */
  readonly copies?: boolean
  /** Before it is printed: what is handed over is kept. */
  readonly keep?: ((query: Readonly<Record<string, string>>) => Promise<void>) | undefined
  readonly onClose: () => void
}

const languages = ['en', 'pl', 'ar', 'he', 'zh'] as const

/** The very file that would be handed over: looked at, in another language or form, then printed or saved. */
export default function PdfSheet({ title, path, name, forms = [], copies, keep, onClose }: PdfSheetProps) {
  const { t, i18n } = useLingui()
  const phone = usePhone()
  useReturnFocus()
  const [language, setLanguage] = useState('')
  const [form, setForm] = useState('')
  const [count, setCount] = useState(1)
  const query: Record<string, string> = {
    ...(language !== '' && { language }),
    ...(form !== '' && { form }),
    ...(copies === true && { copies: String(count) }),
  }
  const { data, error, isFetching } = useQuery({
    queryKey: dataKey('pdf', path, query),
    gcTime: 30_000,
    queryFn: ({ signal }) => callPrinted(path, { query, signal }),
    placeholderData: (former) => former,
  })
  const [failure, setFailure] = useState<string | null>(null)
  const names = useMemo(() => new Intl.DisplayNames(i18n.locale, { type: 'language' }), [i18n.locale])
  const ready = data !== undefined && !isFetching
  const handOver = async (out: (file: Blob) => void) => {
    setFailure(null)
    try {
      await keep?.(query)
      out(keep === undefined && data !== undefined ? data.file : await callFile(path, { query }))
    } catch (problem) {
      setFailure(problem instanceof Error ? problem.message : String(problem))
    }
  }
  const print = () => {
    // Before anything is awaited: browsers open tabs only at once upon a click.
    const tab = window.open('', '_blank')
    void handOver((file) => {
      const address = URL.createObjectURL(file)
      if (tab === null) window.location.assign(address)
      else tab.location.replace(address)
    })
  }
  return (
    <Drawer
      opened
      onClose={onClose}
      title={title}
      position="right"
      size={phone ? '100%' : 'xl'}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <div className={classes.bar}>
        <NativeSelect
          label={t`Language`}
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value)}
          data={[
            { value: '', label: t`As usual` },
            ...languages.map((value) => ({ value, label: names.of(value) ?? value })),
          ]}
        />
        {forms.length > 1 && (
          <NativeSelect
            label={t`Template`}
            value={form}
            onChange={(event) => setForm(event.currentTarget.value)}
            data={[{ value: '', label: t`As usual` }, ...forms]}
          />
        )}
        {copies === true && (
          <NumberInput
            label={t`Copies`}
            value={count}
            min={1}
            max={500}
            allowDecimal={false}
            allowNegative={false}
            w={110}
            onChange={(value) => setCount(Math.min(500, Math.max(1, Number(value) || 1)))}
          />
        )}
        <span className={classes.buttons}>
          <Button
            variant="default"
            disabled={!ready}
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => void handOver((file) => saveBlob(file, `${name}.pdf`))}
          >
            <Trans>Save as a file</Trans>
          </Button>
          <Button disabled={!ready} leftSection={<IconPrinter size={16} aria-hidden />} onClick={print}>
            <Trans>Open to print</Trans>
          </Button>
        </span>
      </div>
      <Failure>{failure ?? error?.message ?? null}</Failure>
      <Replaced signs={data?.replaced ?? []} />
      {error === null && <PdfView file={data?.file ?? null} label={title} thumbnails />}
    </Drawer>
  )
}

/** What the document lacks does not hold it up, and is not found out by the customer. */
function Replaced({ signs }: { readonly signs: readonly string[] }) {
  if (signs.length === 0) return null
  const named = signs.join(', ')
  return (
    <Alert color="yellow" role="status" mb="sm">
      <Trans>No font has these signs, so � is printed for them: {named}</Trans>
    </Alert>
  )
}

function Failure({ children }: { readonly children: ReactNode }) {
  if (children === null) return null
  return (
    <Alert color="red" role="alert" mb="sm">
      {children}
    </Alert>
  )
}
