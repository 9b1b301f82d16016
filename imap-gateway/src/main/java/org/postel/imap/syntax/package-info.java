/**
 * What crosses the wire of IMAP4rev1, as types: octets to commands, responses to octets (RFC 3501 §9, with RFC 2177, 2342,
 * 2971, 3691, 4315, 4959, 6154, 6851 and 7888).
 *
 * <p>May import the generated message summaries ({@code org.postel.mailbox.api.v1}) and nothing else of Postel. No I/O.
 *
 * <p>Invariants: the boundary of a command is found before it is parsed ({@link org.postel.imap.syntax.CommandAssembly}), so a
 * syntax error never loses the place in the stream; a parser throws {@link org.postel.imap.syntax.SyntaxException} and
 * nothing else, whatever the octets; no response carries CR, LF or NUL outside a literal.
 */
package org.postel.imap.syntax;
