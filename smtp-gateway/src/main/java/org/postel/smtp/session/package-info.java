/**
 * Where a session stands and what a command does to it: pure transitions, no I/O.
 *
 * <p>Imports org.postel.smtp.syntax and org.postel.mail. Implements the order of commands of RFC 5321 §4.1.4, BDAT by RFC 3030 §2, LIMITS by RFC 9422 §4,
 * STARTTLS by RFC 3207 §4.2, AUTH by RFC 4954 §4 and §6, submission by RFC 6409 §4.
 *
 * <p>Invariants: a state holds only what is true in it; every pair of state and verb is decided, and a new verb or state
 * does not compile until it is; after STARTTLS nothing said in clear is kept.
 */
package org.postel.smtp.session;
