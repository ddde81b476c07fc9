// Certificates and secrets: cert-manager, External Secrets, Sealed Secrets, 1Password.
import { always, byConditions, byText, first, stale, text, unseen, when } from '../rule.ts';
import type { HealthTable } from './custom.ts';

const certificates = first(
  unseen,
  byConditions(['Issuing', 'True', 'Progressing'], ['Ready', 'False', 'Degraded'], ['Ready', 'True', 'Healthy']),
  always('Progressing'),
);

const external = first(
  unseen,
  byConditions(
    ['Ready', 'True', 'Healthy'],
    ['NotReady', 'True', 'Degraded'],
    ['PartiallyReady', 'True', 'Degraded'],
    ['Ready', 'False', 'Degraded'],
  ),
  always('Progressing'),
);

export const secrets: HealthTable = {
  'cert-manager.io/*': certificates,
  'certmanager.k8s.io/*': certificates,
  'acme.cert-manager.io/*': first(
    unseen,
    byText(['status', 'state'], { Healthy: ['valid', 'ready'], Degraded: ['invalid', 'errored', 'expired'] }),
    always('Progressing'),
  ),
  'external-secrets.io/*': external,
  'kubernetes-client.io/ExternalSecret': first(
    unseen,
    byText(['status', 'status'], { Healthy: ['SUCCESS'] }),
    when((object) => text(object, 'status', 'status') !== '', 'Degraded'),
    always('Progressing'),
  ),
  'bitnami.com/SealedSecret': first(
    unseen,
    stale,
    byConditions(['Synced', 'False', 'Degraded'], ['Synced', 'True', 'Healthy']),
    always('Healthy'),
  ),
  'onepassword.com/*': first(unseen, byConditions(['Ready', 'True', 'Healthy'], ['Ready', 'False', 'Degraded']), always('Progressing')),
};
