/**
 * What is to be believed of a mail from a stranger: who may send for a domain (SPF), who signed (DKIM), what the author's domain
 * wants done (DMARC), what those who forwarded it found (ARC), and how that is told to those behind us. Also signs and seals.
 *
 * <p>The packages spf, dkim, dmarc and arc each hold one protocol and know only the questions of {@link org.postel.trust.dns.Dns};
 * this one puts them together. Nothing here opens a socket but {@link org.postel.trust.dns.DnsResolver}.
 *
 * <p>Invariants: the work a stranger can cause is bounded in look-ups, signatures, octets and time (SAFETY rows 27 and 30);
 * trouble with DNS is a result, never an exception to the caller.
 */
package org.postel.trust;
