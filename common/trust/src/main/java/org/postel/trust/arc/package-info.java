/**
 * The chain of those who forwarded a mail and said what they found when it came to them: Authenticated Received Chain, RFC 8617.
 *
 * <p>Imports org.postel.trust.dkim for signatures, .dns and .message.
 *
 * <p>Invariants: at most 50 links are looked at, each asks DNS twice at most; a chain that failed is never made longer.
 */
package org.postel.trust.arc;
