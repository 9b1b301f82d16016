/** Reads the manifests into typed models and states what must hold for each of them; needs no cluster and no kubectl. */
package org.postel.manifests;
