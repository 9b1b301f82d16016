/**
 * One file for each verb that needs the outside world, and the interfaces through which it asks.
 *
 * <p>Imports org.postel.smtp.session and .syntax, org.postel.mail and the SASL mechanisms of org.postel.wire.sasl; no
 * sockets, no Kafka, no gRPC. Implements the checks behind MAIL, RCPT and DATA (RFC 5321 §4.1.1, §6; RFC 6409 §6 and §8),
 * BDAT (RFC 3030 §2), AUTH (RFC 4954) and the trace line (RFC 5321 §4.4).
 *
 * <p>Invariants: 250 after content is said only after {@link org.postel.smtp.command.MessageQueue#accept} returned; a backend
 * that does not answer is a 4xx and never a yes; content is read to its real end whatever is wrong with it; no connection
 * holds more than the inline limit of content.
 */
package org.postel.smtp.command;
