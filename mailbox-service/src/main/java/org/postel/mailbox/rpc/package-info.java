/**
 * The gRPC services Directory, Delivery and Mailboxes: who calls, what they ask, what they are answered.
 *
 * <p>May import every other package of this service but {@code admin} and {@code server}; no framework.
 *
 * <p>Invariants: no call passes without {@link org.postel.mailbox.rpc.TokenInterceptor}; each call runs on a virtual thread
 * and may block; a stream holds the messages that its reader has not taken to a fixed few; nothing of an exception but its
 * kind goes to the caller.
 */
package org.postel.mailbox.rpc;
