import type { NativeCheck } from './native.ts';
import { checkIpAddress, checkServiceCidr } from './network/addresses.ts';
import { checkEndpointSlice } from './network/endpoint-slice.ts';
import { checkEndpoints } from './network/endpoints.ts';
import { checkIngress } from './network/ingress.ts';
import { checkIngressClass } from './network/ingress-class.ts';
import { checkNetworkPolicy } from './network/network-policy.ts';
import { checkService } from './network/service.ts';

/** Services, endpoints, ingress, network policies. */
export const NETWORK: Readonly<Record<string, NativeCheck>> = {
  '/Service': checkService,
  '/Endpoints': checkEndpoints,
  'discovery.k8s.io/EndpointSlice': checkEndpointSlice,
  'networking.k8s.io/Ingress': checkIngress,
  'networking.k8s.io/IngressClass': checkIngressClass,
  'networking.k8s.io/NetworkPolicy': checkNetworkPolicy,
  'networking.k8s.io/IPAddress': checkIpAddress,
  'networking.k8s.io/ServiceCIDR': checkServiceCidr,
};
