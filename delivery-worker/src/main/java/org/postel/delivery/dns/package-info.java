/**
 * DNS through dnsjava: the only package that knows it. Implements {@code relay.MailExchangers}.
 *
 * <p>RFC 5321 §5.1: an answer that did not come is never taken for "there is none".
 */
package org.postel.delivery.dns;
