import { addDays, dateIn } from '../kernel/dates.ts'

/** Crimson is in Singapore, which has no daylight saving time. */
export const timeZone = 'Asia/Singapore'
const offset = '+08:00'

/** So many days the demo reaches back. */
export const firstDay = -60

/** A day and hour counted from today: `on(-40, 10)` is forty days ago at ten. */
export interface When {
  readonly day: number
  readonly hour: number
}

export function on(day: number, hour = 10): When {
  return { day, hour }
}

/** Turns days counted from today into dates and moments. */
export class Calendar {
  readonly #now: Date
  readonly #today: string

  constructor(now: Date) {
    this.#now = now
    this.#today = dateIn(timeZone, now)
  }

  date(day: number): string {
    return addDays(this.#today, day)
  }

  /** Never later than now: what the demo did today is done. */
  moment({ day, hour }: When): Date {
    const moment = this.later({ day, hour })
    return moment < this.#now ? moment : this.#now
  }

  /** A moment that may lie ahead. */
  later({ day, hour }: When): Date {
    const minutes = Math.round((hour % 1) * 60)
    const time = [Math.floor(hour), minutes].map((part) => String(part).padStart(2, '0')).join(':')
    return new Date(`${this.date(day)}T${time}:00${offset}`)
  }
}
