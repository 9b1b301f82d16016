/**
 * Telling a sender what became of a mail: delivery status notifications of RFC 3464 in a multipart/report of RFC 6522, for
 * international addresses as RFC 6533 writes them, marked as automatic (RFC 3834 §5).
 * In the language of the mail (RFC 3282) where there is a {@code words_*.properties} of it: a translation is such a file and a
 * constant in {@code Language}.
 *
 * <p>Imports {@code org.postel.mail} and {@code org.postel.mail.mime}; no I/O, no framework.
 *
 * <p>Invariants: what peers said (addresses, replies, host names, the original's header) never begins a header field or a
 * boundary of ours; every line ends in CRLF and, but for lines of the original, has at most 998 octets (RFC 5322 §2.1.1). A
 * notification is sent from the null reverse-path, and never about a mail that came from it: both are the caller's to keep.
 */
package org.postel.mail.dsn;
