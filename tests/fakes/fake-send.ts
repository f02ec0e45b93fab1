import type { Egress, EgressRequest, EgressResponse, Send } from '@/lib/egress/egress';

/** An answer in JSON. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): EgressResponse {
  return { status, headers: { 'content-type': 'application/json;charset=UTF-8', ...headers }, body: JSON.stringify(body) };
}

export function html(status = 200, body = '<!DOCTYPE html><title>Down for maintenance</title>'): EgressResponse {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** Egress whose network is `answer`; what was sent is kept. */
export function fakeSend(answer: (request: EgressRequest) => EgressResponse | Promise<EgressResponse>) {
  const sent: EgressRequest[] = [];
  const send: Send = async (request) => {
    sent.push(request);
    return answer(request);
  };
  const egress: Egress = {
    send,
    async stream(request) {
      const { status, headers, body } = await send(request);
      return { status, headers, body: inPieces(body) };
    },
  };
  return { send, egress, sent, to: (path: string) => sent.filter(({ url }) => new URL(url).pathname.endsWith(path)) };
}

async function* inPieces(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += 7) yield text.slice(at, at + 7);
}

/** The form in a request's body. */
export function formOf(request: EgressRequest | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(request?.body ?? ''));
}
