/**
 * Whether a host may send for a domain: SPF, RFC 7208.
 *
 * <p>Ours and not apache-jspf: that one (1.0.5) follows the RFC before this one, knows no limit of void look-ups (RFC 7208 §4.6.4) and none in
 * time. Here {@link org.postel.trust.spf.Spf} is a function of a query and the answers of {@link org.postel.trust.dns.Dns}; the
 * test suite that was published for RFC 7208 runs against it as data. Left out is the explanation (exp=, §6.2): it is checked for
 * its syntax, but a stranger's text is not looked up to be shown to somebody.
 *
 * <p>Invariants: ten terms that ask, two that get nothing, ten names each (SAFETY row 30); a fault anywhere in a record is found
 * before the record is used.
 */
package org.postel.trust.spf;
