import { testRule } from '@plumbline/testing';
import { rule } from './hpa-target.ts';

const SHOP = `
  apiVersion: apps/v1
  kind: Deployment
  metadata: {name: shop}
  spec: {template: {spec: {containers: []}}}
`;

testRule(rule, {
  valid: {
    'a target that exists, whichever version is written': {
      yaml: `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec: {scaleTargetRef: {apiVersion: apps/v1beta2, kind: Deployment, name: shop}}
      `,
      files: { 'deployment.yaml': SHOP },
    },
    'a vertical and a horizontal autoscaler, and kinds that are not known': {
      yaml: `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}}
        ---
        apiVersion: autoscaling.k8s.io/v1
        kind: VerticalPodAutoscaler
        metadata: {name: shop}
        spec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: other}
        spec: {scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: other}}
      `,
      files: { 'deployment.yaml': SHOP },
    },
    'a target while no workload is in sight': `
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: shop}
      spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}}
    `,
    'the same target in two namespaces': {
      yaml: `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: a, namespace: a}
        spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: b, namespace: b}
        spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}}
      `,
      files: { 'deployment.yaml': SHOP },
    },
  },
  invalid: {
    'a target that is not there': {
      yaml: `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec:
          scaleTargetRef:
            apiVersion: apps/v1
            kind: Deployment
            name: cart # <-
      `,
      files: { 'deployment.yaml': SHOP },
      problems: [{ severity: 'error', message: 'no Deployment "cart" is defined here' }],
    },
    'a target of another kind, and an apiVersion of another group': {
      yaml: `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: a}
        spec:
          scaleTargetRef:
            apiVersion: apps/v1
            kind: StatefulSet # <-
            name: shop
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: b}
        spec:
          scaleTargetRef:
            apiVersion: extensions/v1beta1 # <-
            kind: Deployment
            name: other
      `,
      files: { 'deployment.yaml': SHOP },
      problems: [
        { message: 'no StatefulSet "shop" is defined here, "shop" is a Deployment' },
        { message: 'Deployment is not of "extensions/v1beta1" but of "apps/v1"' },
      ],
    },
    'two autoscalers on one target': {
      yaml: `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
        ---
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata: {name: shop-queue}
        spec:
          scaleTargetRef:
            name: shop # <-
      `,
      files: { 'deployment.yaml': SHOP },
      problems: [{ severity: 'error', message: 'HorizontalPodAutoscaler "shop" already scales Deployment "shop"' }],
    },
  },
});
