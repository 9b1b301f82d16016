/**
 * What is believed of strangers' mail: SPF, DKIM and DMARC on content that passes by.
 *
 * <p>Implements an interface of org.postel.smtp.command; imports that, .session, .syntax, org.postel.mail and org.postel.trust. RFC
 * 8601 §5, RFC 9989 §5.3.
 *
 * <p>Invariants: no field that says to be ours gets through from outside (SAFETY row 29); trouble with DNS never keeps a mail out; the
 * header is held until it ends, within the budget, the body never.
 */
package org.postel.smtp.trust;
