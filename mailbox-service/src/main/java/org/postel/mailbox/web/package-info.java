/**
 * What anybody may ask of the web port without a token: nothing that is secret, and nothing that costs much.
 *
 * <p>RFC 8461 §3.2 and §3.3: our own MTA-STS policy. draft-ietf-mailmaint-autoconfig and MS-OXDSCLI: where mail programs connect.
 *
 * <p>Invariants: who asks for hosts that are not ours learns nothing, and costs one read of the directory in half a minute each. No answer
 * tells whether an address is somebody's.
 */
package org.postel.mailbox.web;
