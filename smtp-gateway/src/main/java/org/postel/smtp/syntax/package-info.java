/**
 * What goes over the wire: octets to typed commands, typed replies to octets, and content: between DATA and its
 * final dot, or in chunks (RFC 3030 §2).
 *
 * <p>Imports org.postel.mail and the JDK; no I/O, no CDI, no Vert.x. Implements the command grammar of RFC 5321 §4.1.1,
 * replies of §4.2, transparency of §4.5.2, and the parameters of RFC 1870 (SIZE), RFC 6152 (BODY), RFC 6531 (SMTPUTF8),
 * RFC 4954 (AUTH), RFC 3461 (RET, ENVID, NOTIFY, ORCPT), RFC 2034 and RFC 3463 (enhanced status codes).
 *
 * <p>Invariants: every line of octets becomes a command or a refusal with a reply, never an exception; only CRLF "." CRLF
 * ends the content of DATA, and of BDAT only the announced size (RFC 5321 §2.3.8); no text of a peer reaches a reply.
 */
package org.postel.smtp.syntax;
