/**
 * What a domain of ours publishes in DNS so that its mail works, and whether it does.
 *
 * <p>Imports org.postel.mailbox.dkim for the keys, and dnsjava for the questions. RFC 1035 §5.1, RFC 5321 §5.1, RFC 6186 §3.1,
 * RFC 6376 §3.6, RFC 7208 §3, RFC 8314 §5.1, RFC 8460 §3, RFC 8461 §3.1, RFC 9989 §4.7.
 */
package org.postel.mailbox.zone;
