/**
 * Hears of a stream that can't be written to any more, in place of the exception that ends the program. `left`: whoever
 * read it has enough, as with "| head -1", and that is no fault.
 */
export function onUnreadable(stream: NodeJS.WritableStream, then: (fault: { left: boolean }) => void): void {
  stream.on('error', (error: NodeJS.ErrnoException) => then({ left: error.code === 'EPIPE' }));
}
