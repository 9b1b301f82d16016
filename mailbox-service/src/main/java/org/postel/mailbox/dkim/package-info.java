/**
 * The keys that sign mail of our domains (RFC 6376): made, kept, shown as records of DNS, changed from time to time.
 *
 * <p>Imports Cassandra's statements, the directory's domains and org.postel.trust. Knows no mail: it signs hashes.
 *
 * <p>Invariants: a private key leaves this package for its table only; a key signs only while it is published, as far as DNS says,
 * but for the first of a domain; a key that does not sign any more stays published until the mail it signed has arrived.
 */
package org.postel.mailbox.dkim;
