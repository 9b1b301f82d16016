/**
 * Reading messages: the structure an IMAP client asks for, with octet offsets, and the text a search looks at. RFC 5322
 * (header fields), RFC 2045 and RFC 2046 (parts), RFC 2047 (encoded-words), RFC 9051 §7.5.2 (ENVELOPE, BODYSTRUCTURE).
 *
 * <p>Imports nothing else of Postel; no I/O of its own, no framework.
 *
 * <p>Invariants: any octets are read without an exception, in time linear in their number, with memory that
 * {@link org.postel.mail.mime.MimeLimits} bounds; what lies over a limit is an opaque leaf. Parts do not overlap and lie
 * within the body of their parent. Values are the message's octets, unfolded and not decoded: only the search decodes.
 */
package org.postel.mail.mime;
