/**
 * Threads of messages: RFC 5256 §3 and §4, and REFS of draft-ietf-morg-inthread §5. Pure: what is asked of messages comes in, the
 * forest goes out.
 *
 * <p>Imports nothing of ours.
 *
 * <p>Invariants: every message that comes in is in the forest once; cost grows with n log n of messages and references, whatever they
 * refer to, and nothing recurses (SAFETY row 33).
 */
package org.postel.mailbox.thread;
