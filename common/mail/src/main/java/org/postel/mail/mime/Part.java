package org.postel.mail.mime;

import java.util.List;
import java.util.Optional;

/**
 * One node of the tree of parts.
 *
 * @param lines    line ends in the body
 * @param children of a multipart
 * @param message  of message/rfc822 and message/global: the message within, whose offsets count from the outermost start
 */
public record Part(PartHeader header, Extent extent, long lines, List<Part> children, Optional<MessageStructure> message) {

    public Part {
        children = List.copyOf(children);
    }

    public ContentType contentType() {
        return header.contentType();
    }

    /**
     * Whether it says to have parts or a message within, and none were found or a limit forbade to look: show it like an
     * attachment, for RFC 9051 §9 knows no multipart without parts.
     */
    public boolean isOpaque() {
        return contentType().isMultipart() && children.isEmpty() || contentType().isMessage() && message.isEmpty();
    }
}
