/** One message of a stream, as the HTML standard parses it; of comments nothing is seen. */
export type Message = { readonly id?: string; readonly event: string; readonly data: string }

/** Takes text as it comes, in whatever pieces, and returns the messages that are complete with it. */
export function messageParser(): (text: string) => Message[] {
  let rest = ''
  return (text) => {
    const blocks = (rest + text).replaceAll('\r\n', '\n').split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.flatMap(parse)
  }
}

function parse(block: string): Message[] {
  const data: string[] = []
  let event = 'message'
  let id: string | undefined
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    if (colon === 0) continue
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'data') data.push(value)
    else if (field === 'event') event = value
    else if (field === 'id') id = value
  }
  if (data.length === 0) return []
  return [{ event, data: data.join('\n'), ...(id === undefined ? {} : { id }) }]
}
