/** Made once for each zone: to make one takes longer than all that is done with it. */
const made = new Map<string | undefined, Intl.DateTimeFormat>()

/** Today where the clock shows this time zone (the machine's when undefined), as `YYYY-MM-DD`. */
export function todayIn(timeZone: string | undefined, moment = new Date()): string {
  // Swedish writes dates the ISO way.
  const format = made.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  made.set(timeZone, format)
  return format.format(moment)
}
