/**
 * What mail is, before it is read: mailboxes, paths, the trace line, and the id that names a message.
 *
 * <p>Imports the JDK only: no I/O, no framework, no other package of Postel. Implements the address grammar of RFC 5321
 * §4.1.2 and §4.1.3 with the international extension of RFC 6531 §3.3, the lengths of RFC 5321 §4.5.3.1, and the trace line
 * of RFC 5321 §4.4.
 *
 * <p>Invariants: a value that exists is valid; none carries CR, LF, NUL or any other control, so its text may stand in a
 * header line, a log line or a reply as it is. Nothing here rewrites a local part into a route: {@code %}, {@code !} and a
 * quoted {@code @} are letters like others.
 */
package org.postel.mail;
