/** The room of stock counts: sheets of what is counted, each of which becomes one stock adjustment. */
export { presentCount } from './present-count.ts'
export { routes } from './routes.ts'
