package org.postel.mail.mime;

import java.util.Optional;

/**
 * What a list of messages shows of one: RFC 9051 §2.3.5 and §2.3.6.
 *
 * @param envelope the header fields that make the ENVELOPE
 * @param body     the message itself as a part; its children are the parts 1, 2, ...
 * @param fields   of the outermost message, unless its header is too long for it
 */
public record MessageStructure(MessageEnvelope envelope, Part body, Optional<KeptFields> fields) {
}
