package org.postel.mail.mime;

/**
 * What a list of messages shows of one: RFC 9051 §2.3.5 and §2.3.6.
 *
 * @param envelope the header fields that make the ENVELOPE
 * @param body     the message itself as a part; its children are the parts 1, 2, ...
 */
public record MessageStructure(MessageEnvelope envelope, Part body) {
}
