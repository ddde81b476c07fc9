import { testRule } from '@plumbline/testing';
import { rule } from './pvc-missing.ts';

testRule(rule, {
  valid: {
    'a claim of a StatefulSet': `
      apiVersion: v1
      kind: Pod
      metadata: {name: backup}
      spec: {containers: [], volumes: [{name: a, persistentVolumeClaim: {claimName: data-my-db-0}}]}
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: my-db}
      spec: {volumeClaimTemplates: [{metadata: {name: data}}], template: {spec: {containers: []}}}
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: other}
    `,
    'a class of the cloud': `
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: a}
      spec: {storageClassName: gp3}
      ---
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: fast}
    `,
  },
  invalid: {
    'a claim that was forgotten': {
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata: {name: backup}
        spec:
          containers: []
          volumes:
            - name: a
              persistentVolumeClaim:
                claimName: backups # <-
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: other}
      `,
      problems: [{ severity: 'warning', message: 'no PersistentVolumeClaim "backups" is defined here' }],
    },
    'a slip of a class': {
      yaml: `
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          volumeClaimTemplates:
            - spec:
                storageClassName: encryptd # <-
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: encrypted}
      `,
      problems: [
        {
          path: '/spec/volumeClaimTemplates/0/spec/storageClassName',
          message: 'no StorageClass "encryptd" is defined here; did you mean "encrypted"?',
        },
      ],
    },
  },
});
