import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Access, Environment } from './kubeconfig.ts';

/** Where a pod finds its service account (https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/). */
const FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The cluster that we run in ourselves; undefined outside of one. */
export function inCluster(environment: Environment, folder: string = FOLDER): Access | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = environment;
  const tokenFile = join(folder, 'token');
  if (host === undefined || port === undefined || !existsSync(tokenFile)) return undefined;
  return {
    name: 'in-cluster',
    server: new URL(`https://${host.includes(':') ? `[${host}]` : host}:${port}`),
    cluster: { 'certificate-authority': join(folder, 'ca.crt') },
    user: { tokenFile },
  };
}
