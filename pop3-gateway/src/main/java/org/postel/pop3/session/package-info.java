/**
 * Where a POP3 session stands and what each command does there (RFC 1939 §4-6): pure, without input or output.
 *
 * <p>Imports {@code syntax} only. Invariants: a maildrop never changes during a session (RFC 1939 §4 and §5); messages are
 * marked here and deleted only by {@link org.postel.pop3.session.Pop3State.Update}, which only QUIT leads to.
 */
package org.postel.pop3.session;
