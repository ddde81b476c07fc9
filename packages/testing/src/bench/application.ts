import type { Random } from './random.ts';

/** The manifests of one application of a team's namespace, each as YAML text: what a GitOps repository of services holds. */
export function applicationManifests(index: number, random: Random): readonly string[] {
  const name = `${random.pick(['orders', 'catalogue', 'auth', 'cart', 'search', 'mailer', 'stock', 'web'], 'web')}-${index}`;
  const namespace = `team-${Math.floor(index / 12)}`;
  const meta = (more = ''): string =>
    `metadata:\n  name: ${name}\n  namespace: ${namespace}\n  labels:\n    app.kubernetes.io/name: ${name}\n    app.kubernetes.io/part-of: shop\n    app.kubernetes.io/managed-by: flux\n${more}`;
  const manifests = [
    serviceAccount(meta()),
    configMap(meta(), random),
    workload(name, meta(), random),
    service(name, meta()),
    ingress(name, meta(), random),
    autoscaler(name, meta(), random),
    disruptionBudget(name, meta()),
    networkPolicy(name, meta()),
    role(meta()),
    roleBinding(name, namespace, meta()),
    cronJob(name, meta(), random),
    claim(meta(), random),
  ];
  if (index % 12 === 0)
    manifests.unshift(`apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${namespace}\n  labels:\n    team: ${namespace}\n`);
  if (index % 40 === 0) manifests.push(definition(index, random));
  return manifests;
}

function serviceAccount(meta: string): string {
  return `apiVersion: v1\nkind: ServiceAccount\n${meta}automountServiceAccountToken: false\n`;
}

function configMap(meta: string, random: Random): string {
  const lines = Array.from({ length: 4 + random.below(10) }, (_, at) => `  SETTING_${at}: "${random.below(100_000)}"\n`).join('');
  return `apiVersion: v1\nkind: ConfigMap\n${meta}data:\n${lines}  application.properties: |\n    server.port=8080\n    # limits of the pool\n    pool.size=${random.below(64)}\n    pool.timeout=30s\n`;
}

function workload(name: string, meta: string, random: Random): string {
  const sidecar =
    random.below(3) === 0
      ? `        - name: proxy\n          image: registry.example.com/proxy:1.${random.below(30)}.0\n          args: ["--listen=:15001", "--upstream=127.0.0.1:8080"]\n          resources:\n            requests: {cpu: 10m, memory: 32Mi}\n            limits: {memory: 64Mi}\n`
      : '';
  return `apiVersion: apps/v1
kind: Deployment
${meta}spec:
  replicas: ${1 + random.below(5)}
  revisionHistoryLimit: 3
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 0
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "8080"
    spec:
      serviceAccountName: ${name}
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: app
          image: registry.example.com/shop/app:${1 + random.below(4)}.${random.below(20)}.${random.below(10)}
          imagePullPolicy: IfNotPresent
          ports:
            - name: http
              containerPort: 8080
              protocol: TCP
          env:
            - name: LOG_LEVEL
              value: info
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: SETTING
              valueFrom:
                configMapKeyRef:
                  name: ${name}
                  key: SETTING_0
          readinessProbe:
            httpGet:
              path: /ready
              port: http
            periodSeconds: 5
          livenessProbe:
            httpGet:
              path: /live
              port: http
            initialDelaySeconds: ${5 + random.below(30)}
          resources:
            requests:
              cpu: ${50 + random.below(400)}m
              memory: ${64 + random.below(400)}Mi
            limits:
              memory: 512Mi
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: ["ALL"]
          volumeMounts:
            - name: config
              mountPath: /etc/app
              readOnly: true
            - name: tmp
              mountPath: /tmp
${sidecar}      volumes:
        - name: config
          configMap:
            name: ${name}
        - name: tmp
          emptyDir:
            sizeLimit: 64Mi
`;
}

function service(name: string, meta: string): string {
  return `apiVersion: v1\nkind: Service\n${meta}spec:\n  type: ClusterIP\n  selector:\n    app.kubernetes.io/name: ${name}\n  ports:\n    - name: http\n      port: 80\n      targetPort: http\n      protocol: TCP\n`;
}

function ingress(name: string, meta: string, random: Random): string {
  const host = `${name}.${random.pick(['shop', 'api', 'internal'], 'shop')}.example.com`;
  return `apiVersion: networking.k8s.io/v1\nkind: Ingress\n${meta}spec:\n  ingressClassName: nginx\n  tls:\n    - hosts:\n        - ${host}\n      secretName: ${name}-tls\n  rules:\n    - host: ${host}\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n            backend:\n              service:\n                name: ${name}\n                port:\n                  name: http\n`;
}

function autoscaler(name: string, meta: string, random: Random): string {
  return `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n${meta}spec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: ${name}\n  minReplicas: 2\n  maxReplicas: ${4 + random.below(8)}\n  metrics:\n    - type: Resource\n      resource:\n        name: cpu\n        target:\n          type: Utilization\n          averageUtilization: ${50 + random.below(40)}\n`;
}

function disruptionBudget(name: string, meta: string): string {
  return `apiVersion: policy/v1\nkind: PodDisruptionBudget\n${meta}spec:\n  maxUnavailable: 1\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: ${name}\n`;
}

function networkPolicy(name: string, meta: string): string {
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n${meta}spec:\n  podSelector:\n    matchLabels:\n      app.kubernetes.io/name: ${name}\n  policyTypes: [Ingress, Egress]\n  ingress:\n    - from:\n        - namespaceSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: ingress\n      ports:\n        - port: 8080\n          protocol: TCP\n  egress:\n    - {}\n`;
}

function role(meta: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\n${meta}rules:\n  - apiGroups: [""]\n    resources: ["configmaps"]\n    verbs: ["get", "list", "watch"]\n`;
}

function roleBinding(name: string, namespace: string, meta: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\n${meta}roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: ${name}\nsubjects:\n  - kind: ServiceAccount\n    name: ${name}\n    namespace: ${namespace}\n`;
}

function cronJob(name: string, meta: string, random: Random): string {
  return `apiVersion: batch/v1
kind: CronJob
${meta}spec:
  schedule: "${random.below(60)} ${random.below(24)} * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 2
      template:
        spec:
          restartPolicy: OnFailure
          serviceAccountName: ${name}
          containers:
            - name: job
              image: registry.example.com/shop/job:${random.below(9)}.${random.below(9)}.0
              command: ["/bin/job", "--once"]
              resources:
                requests: {cpu: 50m, memory: 64Mi}
                limits: {memory: 128Mi}
`;
}

function claim(meta: string, random: Random): string {
  return `apiVersion: v1\nkind: PersistentVolumeClaim\n${meta}spec:\n  accessModes:\n    - ReadWriteOnce\n  storageClassName: standard\n  resources:\n    requests:\n      storage: ${1 + random.below(50)}Gi\n`;
}

function definition(index: number, random: Random): string {
  const fields = Array.from(
    { length: 30 },
    (_, at) => `                field${at}:
                  description: >-
                    What field ${at} of the resource says, in the words of whoever wrote the
                    controller, over two lines of text.
                  type: ${random.pick(['string', 'integer', 'boolean'], 'string')}
`,
  ).join('');
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widget${index}s.example.com
spec:
  group: example.com
  names:
    kind: Widget${index}
    listKind: Widget${index}List
    plural: widget${index}s
    singular: widget${index}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          description: "A widget,\\n  as an operator knows it."
          type: object
          properties:
            apiVersion:
              type: string
            kind:
              type: string
            metadata:
              type: object
            spec:
              type: object
              properties:
${fields}`;
}
