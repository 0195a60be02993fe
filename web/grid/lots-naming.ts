import { Observed } from './observed.ts'

/** A line whose lots are being named. */
export interface NamingLots {
  readonly key: string
  /** What was typed on its cell. */
  readonly text: string
}

/** Of which line the lots are being named, in a sheet over the grid; null: of none. */
export class LotsNaming extends Observed<NamingLots | null> {
  constructor() {
    super(null)
  }

  open(key: string, text: string): void {
    this.set({ key, text })
  }
  close(): void {
    this.set(null)
  }
}
