/**
 * The client side of mailbox-service: finds a pod, carries the tokens, and turns gRPC calls into blocking calls fit for a
 * virtual thread. {@link org.postel.mailbox.api.MailboxServiceClient} is where to start.
 *
 * <p>May import gRPC, protobuf, RoaringBitmap, jboss-logging and {@code org.postel.tracing}; no framework and no other module of ours.
 *
 * <p>Invariants: a call is repeated on another pod only when it surely reached none, or when repeating it changes nothing;
 * what a slow reader has not taken stays with the sender; every wait has an end; no token is ever logged.
 */
package org.postel.mailbox.api;
