/** Kind keys of Flux's objects. */
export const KUSTOMIZATION = 'kustomize.toolkit.fluxcd.io/Kustomization';
export const HELM_RELEASE = 'helm.toolkit.fluxcd.io/HelmRelease';
export const SOURCES = 'source.toolkit.fluxcd.io';
export const GIT_REPOSITORY = `${SOURCES}/GitRepository`;
export const OCI_REPOSITORY = `${SOURCES}/OCIRepository`;
export const HELM_CHART = `${SOURCES}/HelmChart`;
export const HELM_REPOSITORY = `${SOURCES}/HelmRepository`;
export const BUCKET = `${SOURCES}/Bucket`;
export const ALERT = 'notification.toolkit.fluxcd.io/Alert';
export const PROVIDER = 'notification.toolkit.fluxcd.io/Provider';
export const RECEIVER = 'notification.toolkit.fluxcd.io/Receiver';
export const IMAGE_REPOSITORY = 'image.toolkit.fluxcd.io/ImageRepository';
export const IMAGE_POLICY = 'image.toolkit.fluxcd.io/ImagePolicy';
export const IMAGE_UPDATE_AUTOMATION = 'image.toolkit.fluxcd.io/ImageUpdateAutomation';
export const RESOURCE_SET = 'fluxcd.controlplane.io/ResourceSet';

/** The kind of a kind key. */
export function kindOfKey(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}
