import '@mantine/dates/styles.css'
import 'dayjs/locale/en-gb'
import 'dayjs/locale/pl'
import { DatePicker, DatesProvider } from '@mantine/dates'
import { useFormat } from '../format.ts'

interface Props {
  readonly value: string | null
  readonly today: string
  readonly onPick: (date: string) => void
}

/** Loaded by DateField when it is opened first. */
export default function Calendar({ value, today, onPick }: Props) {
  const { language } = useFormat()
  return (
    <DatesProvider settings={{ locale: language === 'pl' ? 'pl' : 'en-gb', firstDayOfWeek: 1 }}>
      <DatePicker
        value={value}
        defaultDate={value ?? today}
        onChange={(date) => date !== null && onPick(date)}
      />
    </DatesProvider>
  )
}
