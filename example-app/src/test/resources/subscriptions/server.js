// The npm package graphql-ws, over the schema beside this file; prints its port and ends with its standard input.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

const schema = buildSchema(readFileSync('events.graphqls', 'utf8'));
const rows = 2000;

function* batches(after, size) {
  for (let from = after + 1; from <= rows; from += size) {
    const batch = [];
    for (let seq = from; seq < from + size && seq <= rows; seq++) {
      batch.push({ seq, kind: 'k' });
    }
    yield batch;
  }
}

const subscriptions = {
  event: async function* ({ limit }) {
    for (let seq = 1; seq <= (limit ?? 3); seq++) {
      yield { event: [{ seq, kind: 'k' }] };
    }
  },
  event_by_pk: async function* ({ seq }) {
    yield { event_by_pk: { seq, kind: 'k' } };
  },
  event_stream: async function* ({ batch_size, cursor }) {
    for (const batch of batches(cursor[0].initial_value.seq, batch_size)) {
      yield { event_stream: batch };
      await new Promise(setImmediate);
    }
    await new Promise(() => {});
  },
};

const http = createServer();
useServer(
  {
    schema,
    roots: { subscription: subscriptions },
    onConnect: ({ connectionParams }) => connectionParams?.headers?.['x-hasura-admin-secret'] === 's3cret',
  },
  new WebSocketServer({ server: http, path: '/v1/graphql' }),
);
http.listen(0, '127.0.0.1', () => console.log(http.address().port));
process.stdin.resume();
process.stdin.on('end', () => process.exit());
